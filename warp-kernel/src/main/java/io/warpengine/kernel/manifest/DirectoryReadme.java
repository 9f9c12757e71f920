package io.warpengine.kernel.manifest;

import java.nio.charset.StandardCharsets;

/** The text that explains a data directory to whoever finds it. */
final class DirectoryReadme {

  private static final String TEXT =
      """
      This directory is one WarpEngine database.

      universe.manifest   What belongs to the database: format, identity, number of shards, and
                          which plugin owns which files. Plain text, checked by its last line.
                          It is replaced as a whole, never edited.
      universe.lock       Locked while a process has the database open; holds its number.
                          Deleting it frees nothing.
      wal/                The journal: every write since the last checkpoint, and checkpoints.
                          Without it recent writes are lost. There if the wal plugin is used.

      Other directories belong to the plugins that are named in universe.manifest under [owners].

      To look inside:   warp stats --data THIS_DIRECTORY
      To check it:      warp verify --data THIS_DIRECTORY
      To copy it:       close the database first, then copy the whole directory.
      """;

  private DirectoryReadme() {}

  /**
   * The text.
   *
   * @return its UTF-8 bytes
   */
  static byte[] text() {
    return TEXT.getBytes(StandardCharsets.UTF_8);
  }
}
