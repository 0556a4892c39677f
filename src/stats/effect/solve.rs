//! Symmetric positive definite systems, small and dense.

/// Solves `matrix · x = right` in place by Cholesky with a relative ridge; `matrix` is flat, row by row, and only its
/// lower triangle is read.
/// `false` when the matrix is not positive definite.
pub(super) fn solve(matrix: &mut [f64], right: &mut [f64]) -> bool {
    let size = right.len();
    let largest = (0..size).map(|i| matrix[i * size + i]).fold(0.0, f64::max);
    for i in 0..size {
        matrix[i * size + i] += 1e-12 * largest;
    }
    if !factor(matrix, size) {
        return false;
    }
    for i in 0..size {
        let known: f64 = (0..i).map(|j| matrix[i * size + j] * right[j]).sum();
        right[i] = (right[i] - known) / matrix[i * size + i];
    }
    for i in (0..size).rev() {
        let known: f64 = (i + 1..size).map(|j| matrix[j * size + i] * right[j]).sum();
        right[i] = (right[i] - known) / matrix[i * size + i];
    }
    true
}

/// Lower Cholesky factor in the lower triangle.
fn factor(matrix: &mut [f64], size: usize) -> bool {
    for j in 0..size {
        let (above, here) = matrix.split_at_mut(j * size);
        let _ = above;
        let square: f64 = here[..j].iter().map(|value| value * value).sum();
        let pivot = here[j] - square;
        if pivot.is_nan() || pivot <= 0.0 {
            return false;
        }
        let pivot = pivot.sqrt();
        here[j] = pivot;
        for i in 1..size - j {
            let dot: f64 = (0..j).map(|k| here[i * size + k] * here[k]).sum();
            here[i * size + j] = (here[i * size + j] - dot) / pivot;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hand_case_is_solved() {
        let mut matrix = vec![4.0, 2.0, 0.0, 2.0, 5.0, 1.0, 0.0, 1.0, 3.0];
        let mut right = vec![8.0, 15.0, 11.0];
        assert!(solve(&mut matrix, &mut right));
        for (got, expected) in right.iter().zip([1.0, 2.0, 3.0]) {
            assert!((got - expected).abs() < 1e-10);
        }
    }

    #[test]
    fn an_indefinite_matrix_is_refused() {
        assert!(!solve(&mut [1.0, 2.0, 2.0, 1.0], &mut [1.0, 1.0]));
        assert!(solve(&mut [], &mut []));
    }
}
