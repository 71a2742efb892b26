//! Medians and means.

/// The middle of `values`, or the mean of the two in the middle; 0 of none.
pub fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = values.into_iter().collect();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    match sorted.len() {
        0 => 0.0,
        n if n % 2 == 1 => sorted[middle],
        _ => f64::midpoint(sorted[middle - 1], sorted[middle]),
    }
}

/// The geometric mean of positive `values`; 1 of none.
pub fn geometric_mean(values: impl IntoIterator<Item = f64>) -> f64 {
    let (sum, count) =
        values.into_iter().fold((0.0, 0.0), |(sum, count), value| (sum + value.ln(), count + 1.0));
    if count == 0.0 { 1.0 } else { f64::exp(sum / count) }
}

#[cfg(test)]
mod tests {
    use super::{geometric_mean, median};

    #[test]
    fn middles() {
        assert_eq!(median([]), 0.0);
        assert_eq!(median([3.0, 1.0, 9.0]), 3.0);
        assert_eq!(median([4.0, 1.0, 2.0, 9.0]), 3.0);
    }

    #[test]
    fn means() {
        assert_eq!(geometric_mean([]), 1.0);
        assert!((geometric_mean([2.0, 8.0]) - 4.0).abs() < 1e-12);
    }
}
