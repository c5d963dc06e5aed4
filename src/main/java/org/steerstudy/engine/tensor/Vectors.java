package org.steerstudy.engine.tensor;

/** Arithmetic on single vectors that is not worth a call into native code; sums are doubles. */
public final class Vectors {

  private Vectors() {}

  /** The scalar product of two vectors of the same length. */
  public static double dot(float[] a, float[] b) {
    return dot(a, 0, b, 0, a.length);
  }

  /** The scalar product of {@code length} elements that begin at the given places. */
  public static double dot(float[] a, int aFrom, float[] b, int bFrom, int length) {
    double sum = 0;
    for (int i = 0; i < length; i++) {
      sum += (double) a[aFrom + i] * b[bFrom + i];
    }
    return sum;
  }

  /** The Euclidean length of {@code length} elements that begin at the given place. */
  public static double norm(float[] a, int from, int length) {
    return Math.sqrt(dot(a, from, a, from, length));
  }

  /** The vector of length one in the direction of {@code length} elements of {@code a}. */
  public static float[] unit(float[] a, int from, int length) {
    double norm = norm(a, from, length);
    float[] unit = new float[length];
    for (int i = 0; i < length; i++) {
      unit[i] = (float) (a[from + i] / norm);
    }
    return unit;
  }

  /** Softmax, {@code p_i = exp(x_i) / sum_j exp(x_j)}, without overflow. */
  public static float[] softmax(float[] x) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (float value : x) {
      greatest = Math.max(greatest, value);
    }
    double[] exponentials = new double[x.length];
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      exponentials[i] = Math.exp(x[i] - greatest);
      sum += exponentials[i];
    }
    float[] probabilities = new float[x.length];
    for (int i = 0; i < x.length; i++) {
      probabilities[i] = (float) (exponentials[i] / sum);
    }
    return probabilities;
  }
}
