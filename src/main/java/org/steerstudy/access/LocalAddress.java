package org.steerstudy.access;

import java.net.URI;
import java.net.URISyntaxException;

/** Where a browser may be sent after signing in: staff pages of this server, nowhere else. */
final class LocalAddress {

  static final String HOME = "/staff";

  private LocalAddress() {}

  /** The address if it is a staff page here, or the first staff page. */
  static String orHome(String to) {
    if (to == null) {
      return HOME;
    }
    try {
      URI uri = new URI(to);
      boolean here = uri.getScheme() == null && uri.getRawAuthority() == null;
      String path = uri.normalize().getPath();
      boolean staff = path != null && (path.equals(HOME) || path.startsWith(HOME + "/"));
      return here && staff && to.startsWith(HOME) ? to : HOME;
    } catch (URISyntaxException e) {
      return HOME;
    }
  }
}
