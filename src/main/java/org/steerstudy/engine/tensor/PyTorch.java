package org.steerstudy.engine.tensor;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;

/**
 * The native runtime. Whoever needs native memory begins here, because DJL decides once, when it is
 * first touched, whether it may report its use or download anything; this engine forbids both.
 *
 * <p>Each native operation runs on the thread that calls it, unless {@code
 * ai.djl.pytorch.num_threads} says otherwise. Many participants keep all cores busy anyway; where
 * operations also share their work among helper threads, these wait for each other at the end of
 * each one, and on a busy machine a pass of ten milliseconds was seen to take a quarter of a
 * second.
 */
public final class PyTorch {

  private static final String THREADS = "ai.djl.pytorch.num_threads";

  static {
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
    if (System.getProperty(THREADS) == null) {
      System.setProperty(THREADS, "1");
    }
  }

  private PyTorch() {}

  /** A new owner of native memory on the CPU; whoever asks for it closes it. */
  public static NDManager newOwner() {
    return NDManager.newBaseManager(Device.cpu(), "PyTorch");
  }
}
