package org.steerstudy.engine.tensor;

import ai.djl.Device;
import ai.djl.ndarray.NDManager;

/**
 * The native runtime. Whoever needs native memory begins here, because DJL decides once, when it is
 * first touched, whether it may report its use or download anything; this engine forbids both.
 */
public final class PyTorch {

  static {
    System.setProperty("OPT_OUT_TRACKING", "true");
    System.setProperty("ai.djl.offline", "true");
  }

  private PyTorch() {}

  /** A new owner of native memory on the CPU; whoever asks for it closes it. */
  public static NDManager newOwner() {
    return NDManager.newBaseManager(Device.cpu(), "PyTorch");
  }
}
