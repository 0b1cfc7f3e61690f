//! Did heat or altitude raise the heart rate?

use crate::audit::criterion::{Criterion, Reference, Strength};
use crate::audit::criterion_input::CriterionInput;
use crate::audit::effort::Ratings;
use crate::audit::finding::Assessment;
use crate::audit::limit::{Limit, LimitDefinition};
use crate::audit::outcome::{Outcome, Severity};
use crate::audit::wording::{Wording, plain};
use crate::units::Metres;

/// Unaccustomed altitude, and the temperature at the device.
pub static CRITERION: Criterion = Criterion {
    id: "heat-altitude",
    severity: Severity::Advisory,
    question: "Were heat and altitude without effect on your heart rate?",
    why: "Both raise the heart rate at a given pace, and the effort with it.",
    article: "\"Heart rate should remain low.\"",
    how: "Altitude is noted where the run's mean is at least 1500 m and at least 1000 m above the median of the 28 days \
          before; the lines are then 5 bpm less sure. A temperature of the air of 25 °C or more, as an export's weather \
          states it, or else a device temperature of 28 °C or more is noted where the heart-rate rules slip or fail. \
          Neither moves a line: slow down or shorten instead.",
    misleads: "A wrist warms the watch by several degrees, so its temperature is not the air's.",
    missing: "Nothing is said where neither altitude nor temperature was recorded.",
    sources: &[
        Reference {
            citation: "Wingo & Lafrenz 2008, Med Sci Sports Exerc 40(6): heart rate rose 2 % at 22 °C and 11 % at 35 °C within 30 min",
            strength: Strength::Study,
        },
        Reference {
            citation: "Wingo 2012, Exerc Sport Sci Rev 40:88: the higher heart rate is a higher relative intensity",
            strength: Strength::Study,
        },
        Reference {
            citation: "Mourot 2018, Front Physiol 9:972: maximum heart rate falls with altitude, differently for everyone",
            strength: Strength::Study,
        },
        Reference {
            citation: "1500 m, 1000 m, 5 bpm, 25 °C and 28 °C are this tool's choice",
            strength: Strength::Custom,
        },
    ],
    limits: &[&HOT, &HOT_AIR],
    assess,
};

/// Hot from here on.
pub static HOT: LimitDefinition = LimitDefinition {
    key: "device_celsius",
    default: 28.0,
    range: 0.0..=60.0,
    unit: "°C",
    meaning: "from this device temperature on heat is named beside a heart rate above the lines",
};

/// Hot air from here on.
pub static HOT_AIR: LimitDefinition = LimitDefinition {
    key: "air_celsius",
    default: 25.0,
    range: 0.0..=60.0,
    unit: "°C",
    meaning: "from this temperature of the air on heat is named beside a heart rate above the lines",
};

/// A temperature, what it is of, and from where on it is hot.
struct Temperature {
    celsius: f64,
    of: &'static str,
    hot: Limit,
    wording: Wording,
}

impl Temperature {
    /// That of the air where somebody knows it, else that of the device.
    fn of(input: &CriterionInput) -> Option<Self> {
        let conditions = &input.run.conditions;
        let air = conditions.air_temperature.map(|air| (air, "in the air", &HOT_AIR));
        let device = conditions.device_temperature.map(|device| (device, "at the watch", &HOT));
        let (celsius, of, limit) = air.or(device)?;
        let (hot, wording) = (input.limit(CRITERION.id, limit), input.wording());
        Some(Self { celsius: celsius.get(), of, hot, wording })
    }

    /// What is said where it did nothing to the heart rate.
    fn without_effect(&self) -> String {
        let degrees = self.sentence();
        if self.hot.reached_by(self.celsius) {
            format!("{degrees}, without effect on your heart rate.")
        } else {
            format!("No sign of heat ({degrees}).")
        }
    }

    fn sentence(&self) -> String {
        format!("{} {}", self.wording.temperature(self.celsius), self.of)
    }
}

fn assess(input: &CriterionInput) -> Assessment {
    let temperature = Temperature::of(input);
    let effort = input.effort.answer(Ratings::worst);
    let above = effort.is_fault();
    let altitude = altitude_note(
        input.wording(),
        input.context.altitude_uncertainty_bpm,
        input.run.conditions.altitude,
    );
    let is_hot =
        |temperature: &&Temperature| above && temperature.hot.reached_by(temperature.celsius);
    let heat = temperature.as_ref().filter(is_hot).map(|temperature| {
        format!(
            "{} (named from {}): heat may explain the heart rate but is no excuse; slow down more or shorten on hot \
             days.",
            temperature.sentence(),
            temperature.wording.temperature(temperature.hot.get())
        )
    });
    let result = if altitude.is_some() || heat.is_some() { Outcome::Note } else { Outcome::Pass };
    let information = || temperature.as_ref().map(Temperature::without_effect);
    let sentences: Vec<String> = altitude.into_iter().chain(heat.or_else(information)).collect();
    let text = if sentences.is_empty() {
        "No heat or altitude effect.".to_owned()
    } else {
        sentences.join(" ")
    };
    match temperature {
        Some(Temperature { celsius, hot, .. }) => {
            Assessment::measured(result, celsius, hot, "°C", text)
        }
        None => Assessment::plain(result, text),
    }
}

/// What unaccustomed altitude does to the lines, where it adds a doubt to them.
fn altitude_note(wording: Wording, doubt: f64, altitude: Option<Metres>) -> Option<String> {
    let height = altitude
        .map_or_else(String::new, |altitude| format!(" ({} on average)", wording.height(altitude)));
    (doubt > 0.0).then(|| {
        format!(
            "Unaccustomed altitude{height} raises heart rate; your lines are {} bpm less sure.",
            plain(doubt, 1)
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::TestRun;
    use crate::metrics::testing::run;
    use crate::settings::UnitSystem;
    use crate::units::DegreesCelsius;

    fn at(beats: u16, celsius: Option<f64>) -> Assessment {
        let mut test_run = TestRun::of(run(1800, |_| (Some(beats), 2_500, 166)));
        test_run.row.conditions.device_temperature = celsius.and_then(DegreesCelsius::new);
        test_run.ask(&CRITERION)
    }

    #[test]
    fn heat_explains_a_high_heart_rate_and_excuses_nothing() {
        let hot = at(160, Some(28.0));
        assert_eq!(hot.result, Outcome::Note);
        assert!(hot.text.contains("no excuse"), "{}", hot.text);
        assert_eq!(at(160, Some(27.9)).result, Outcome::Pass);
    }

    #[test]
    fn heat_alone_is_only_information() {
        let calm = at(130, Some(31.0));
        assert_eq!(calm.result, Outcome::Pass);
        assert_eq!(&*calm.text, "31 °C at the watch, without effect on your heart rate.");
        assert_eq!(at(160, None).result, Outcome::Pass, "nothing recorded, nothing said");
    }

    #[test]
    fn the_air_counts_more_than_a_wrist() {
        let mut test_run = TestRun::of(run(1800, |_| (Some(160), 2_500, 166)));
        test_run.row.conditions.device_temperature = DegreesCelsius::new(31.0);
        test_run.row.conditions.air_temperature = DegreesCelsius::new(24.9);
        let cool = test_run.ask(&CRITERION);
        assert_eq!(
            (cool.result, &*cool.text),
            (Outcome::Pass, "No sign of heat (25 °C in the air).")
        );
        test_run.row.conditions.air_temperature = DegreesCelsius::new(25.0);
        assert_eq!(test_run.ask(&CRITERION).result, Outcome::Note);
    }

    #[test]
    fn a_reader_of_miles_reads_fahrenheit() {
        let mut test_run = TestRun::of(run(1800, |_| (Some(160), 2_500, 166)));
        test_run.row.conditions.device_temperature = DegreesCelsius::new(31.0);
        let imperial = TestRun { units: UnitSystem::Imperial, ..test_run }.ask(&CRITERION);
        assert!(
            imperial.text.starts_with("88 °F at the watch (named from 82 °F)"),
            "{}",
            imperial.text
        );
        assert_eq!(
            (imperial.value, imperial.unit.as_ref()),
            (Some(31.0), "°C"),
            "machines stay metric"
        );
    }

    #[test]
    fn altitude_is_told_where_it_adds_a_doubt() {
        let of = |doubt| altitude_note(Wording::default(), doubt, Some(Metres::of(2000.0)));
        assert_eq!(of(0.0), None);
        let note = of(5.0).unwrap();
        assert_eq!(
            note,
            "Unaccustomed altitude (2000 m on average) raises heart rate; your lines are 5 bpm less sure."
        );
    }
}
