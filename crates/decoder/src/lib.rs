//! Cairo instructions: words to instructions and back, and their text.
