//! Write-once memory made of segments.
