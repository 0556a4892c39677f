//! What followed an intervention on a known day: did the level move against what was left alone, did units come
//! closer together, do more of them reach what is asked?

mod level;
mod series;
mod spread;

pub use level::{Cell, Design, Fit, Moved, Pairing, level, moved};
pub use series::{Interrupted, interrupted};
pub use spread::{Ratio, reaching_share, spread_ratio};
