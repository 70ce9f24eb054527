//! `guancheng config`: the settings in force.

use crate::{Answer, Outcome, cli::ConfigArgs, settings::SETTINGS};

/// Prints the settings, with their meaning and origin when asked to explain.
pub fn run(args: &ConfigArgs) -> Outcome {
    let settings = args.place.settings(None)?;
    if args.explain {
        say!("{}", settings.explain().trim_end());
    } else {
        for setting in SETTINGS {
            say!("{} = {:?}", setting.key, settings.get(setting.key));
        }
    }
    Ok(Answer::Yes)
}
