package io.warpengine.kernel.engine;

import io.warpengine.api.Bytes;

/**
 * The place of a scan as bytes: a version, the direction, and the last key returned. It needs
 * nothing else of the database and so survives a restart.
 */
final class ResumeToken {

  private static final byte VERSION = 1;
  private static final int HEAD = 2;

  private ResumeToken() {}

  static Bytes of(boolean backwards, Bytes key) {
    byte[] token = new byte[HEAD + key.size()];
    token[0] = VERSION;
    token[1] = (byte) (backwards ? 1 : 0);
    key.copyTo(0, token, HEAD, key.size());
    return Bytes.wrap(token, 0, token.length);
  }

  /** The key that a token marks. */
  static Bytes place(Bytes token, boolean backwards) {
    if (token.size() <= HEAD || token.at(0) != VERSION) {
      throw Refusals.tokenInvalid("of [" + token.size() + "] bytes is not one of this engine");
    }
    if (token.at(1) != (backwards ? 1 : 0)) {
      throw Refusals.tokenInvalid("belongs to a scan of the other direction");
    }
    return token.slice(HEAD, token.size());
  }
}
