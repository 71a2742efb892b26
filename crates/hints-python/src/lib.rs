//! The embedded Python interpreter that runs the hints no native code covers.
