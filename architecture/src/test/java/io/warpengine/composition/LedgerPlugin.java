package io.warpengine.composition;

import io.warpengine.api.Bytes;
import io.warpengine.api.Position;
import io.warpengine.spi.PluginBinder;
import io.warpengine.spi.WarpPlugin;
import io.warpengine.spi.store.CheckpointSink;
import io.warpengine.spi.store.CheckpointSource;
import io.warpengine.spi.store.Checkpointable;
import jakarta.inject.Inject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** A plugin that owns data: a text that only its part of checkpoints keeps. */
public final class LedgerPlugin implements WarpPlugin {

  static final String ID = "ledger";

  /** Made by the service loader. */
  public LedgerPlugin() {}

  /** A class loader that sees the plugin, which the class path of the tests does not name. */
  static ClassLoader loader(Path folder) throws java.io.IOException {
    Path services = Files.createDirectories(folder.resolve("META-INF/services"));
    Files.writeString(services.resolve(WarpPlugin.class.getName()), LedgerPlugin.class.getName());
    return new java.net.URLClassLoader(
        new java.net.URL[] {folder.toUri().toURL()}, LedgerPlugin.class.getClassLoader());
  }

  @Override
  public String id() {
    return ID;
  }

  @Override
  public String summary() {
    return "Keeps a text in checkpoints.";
  }

  @Override
  public void configure(PluginBinder binder) {
    binder.checkpointable(Ledger.class);
    binder.extension(Text.class, Ledger.class);
  }

  /** What users of the plugin see. */
  public interface Text {

    /** The text, empty at first. */
    String read();

    /** Sets it; the next checkpoint keeps it. */
    void write(String text);
  }

  static final class Ledger implements Checkpointable, Text {

    private volatile String text = "";

    @Inject
    Ledger() {}

    @Override
    public String owner() {
      return ID;
    }

    @Override
    public int formatVersion() {
      return 1;
    }

    @Override
    public void write(Position position, CheckpointSink sink) {
      byte[] bytes = Bytes.utf8(text).toArray();
      try (CheckpointSink.Output output = sink.file("text")) {
        output.write(bytes, 0, bytes.length);
      }
    }

    @Override
    public void restore(int formatVersion, CheckpointSource source) {
      byte[] bytes = new byte[1_000];
      try (CheckpointSource.Input input = source.open("text")) {
        text = Bytes.copyOf(Arrays.copyOf(bytes, input.read(bytes, 0, bytes.length))).toUtf8();
      }
    }

    @Override
    public String read() {
      return text;
    }

    @Override
    public void write(String newText) {
      text = newText;
    }
  }
}
