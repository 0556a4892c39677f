//! The downhill simplex (Nelder and Mead 1965) for one to three variables. No random numbers: the same start
//! gives the same answer.

const STEPS: usize = 400;
/// Sides of the first simplex.
const FIRST: f64 = 1.0;
/// Stops when the simplex is this small and its values this close.
const SMALL: f64 = 1e-6;
const CLOSE: f64 = 1e-11;

type Vertex = (Vec<f64>, f64);

/// Where `loss` is smallest, searched from `start`; `start` itself where it has no coordinate.
pub(super) fn minimum(loss: &dyn Fn(&[f64]) -> f64, start: &[f64]) -> Vec<f64> {
    let size = start.len();
    if size == 0 {
        return Vec::new();
    }
    let mut simplex: Vec<Vertex> = (0..=size)
        .map(|k| {
            let mut at = start.to_vec();
            if let Some(x) = k.checked_sub(1).and_then(|k| at.get_mut(k)) {
                *x -= FIRST;
            }
            valued(loss, at)
        })
        .collect();
    for _ in 0..STEPS {
        simplex.sort_by(|a, b| a.1.total_cmp(&b.1));
        if is_done(&simplex) {
            break;
        }
        step(loss, &mut simplex);
    }
    simplex.sort_by(|a, b| a.1.total_cmp(&b.1));
    simplex.swap_remove(0).0
}

fn valued(loss: &dyn Fn(&[f64]) -> f64, at: Vec<f64>) -> Vertex {
    let value = loss(&at);
    (at, if value.is_nan() { f64::INFINITY } else { value })
}

fn is_done(simplex: &[Vertex]) -> bool {
    let (best, worst) = (&simplex[0], &simplex[simplex.len() - 1]);
    let wide = simplex.iter().flat_map(|(at, _)| at.iter().zip(&best.0).map(|(a, b)| (a - b).abs()));
    wide.fold(0.0, f64::max) < SMALL && worst.1 - best.1 <= CLOSE * (1.0 + best.1.abs())
}

/// Reflects the worst vertex in the others' centre, then expands, contracts or shrinks. Sorted on entry.
fn step(loss: &dyn Fn(&[f64]) -> f64, simplex: &mut [Vertex]) {
    let last = simplex.len() - 1;
    let centre: Vec<f64> = (0..last)
        .map(|k| {
            simplex[..last].iter().map(|(at, _)| at[k]).sum::<f64>()
                / f64::from(u32::try_from(last).unwrap_or(1))
        })
        .collect();
    let away = |by: f64| {
        let at = centre.iter().zip(&simplex[last].0).map(|(c, worst)| c + by * (c - worst));
        valued(loss, at.collect())
    };
    let reflected = away(1.0);
    if reflected.1 < simplex[0].1 {
        let expanded = away(2.0);
        simplex[last] = if expanded.1 < reflected.1 { expanded } else { reflected };
    } else if reflected.1 < simplex[last - usize::from(last > 0)].1 {
        simplex[last] = reflected;
    } else {
        let contracted = if reflected.1 < simplex[last].1 { away(0.5) } else { away(-0.5) };
        if contracted.1 < simplex[last].1.min(reflected.1) {
            simplex[last] = contracted;
        } else {
            shrink(loss, simplex);
        }
    }
}

fn shrink(loss: &dyn Fn(&[f64]) -> f64, simplex: &mut [Vertex]) {
    let best = simplex[0].0.clone();
    for vertex in &mut simplex[1..] {
        let at = best.iter().zip(&vertex.0).map(|(b, x)| b + 0.5 * (x - b)).collect();
        *vertex = valued(loss, at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bowl_has_its_bottom_found_in_one_two_and_three_variables() {
        for size in 1..=3 {
            let goal = [0.3, -1.2, 4.0];
            let loss = |at: &[f64]| at.iter().zip(goal).map(|(x, g)| (x - g).powi(2)).sum::<f64>();
            let found = minimum(&loss, &vec![0.0; size]);
            assert!(found.iter().zip(goal).all(|(x, g)| (x - g).abs() < 1e-4), "{found:?}");
        }
        assert!(minimum(&|_| f64::NAN, &[]).is_empty());
    }
}
