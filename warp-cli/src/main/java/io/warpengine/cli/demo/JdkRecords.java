package io.warpengine.cli.demo;

import io.warpengine.api.Bytes;
import io.warpengine.api.Tree;
import io.warpengine.cli.output.Json;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.module.ModuleDescriptor;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The modules, packages and classes of the running JDK, read through {@code jrt:/}: data that is on
 * every machine and that the reader can check. Keys are {@code module:}, {@code package:} and
 * {@code class:} with the name, values are JSON.
 */
final class JdkRecords {

  private static final String SUFFIX = ".class";

  private final List<Item> items = new ArrayList<>();
  private int modules;
  private int packages;
  private int classes;
  private long bytes;

  private JdkRecords() {}

  /**
   * One record.
   *
   * @param key its key
   * @param value its value
   */
  record Item(Bytes key, Bytes value) {}

  /** Reads everything. */
  static JdkRecords read() throws IOException {
    JdkRecords records = new JdkRecords();
    Path root = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules");
    try (Stream<Path> found = Files.list(root)) {
      for (Path module : found.sorted().toList()) {
        records.module(module);
      }
    }
    records.items.sort(Comparator.comparing(Item::key));
    return records;
  }

  List<Item> items() {
    return items;
  }

  int modules() {
    return modules;
  }

  int packages() {
    return packages;
  }

  int classes() {
    return classes;
  }

  /** Bytes of all keys and values. */
  long bytes() {
    return bytes;
  }

  private void module(Path root) throws IOException {
    String name = root.getFileName().toString();
    Map<String, Integer> counts = new TreeMap<>();
    long[] size = new long[1];
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Path inside = root.relativize(file);
            if (inside.getNameCount() > 1 && file.toString().endsWith(SUFFIX)) {
              byte[] content = Files.readAllBytes(file);
              String type = inside.toString().replace('/', '.');
              type = type.substring(0, type.length() - SUFFIX.length());
              String owner = type.substring(0, type.lastIndexOf('.'));
              counts.merge(owner, 1, Integer::sum);
              size[0] += content.length;
              type(name, owner, type, content);
            }
            return FileVisitResult.CONTINUE;
          }
        });
    counts.forEach((owner, count) ->
        add("package:" + owner, Tree.map().with("module", name).with("classes", count)));
    packages += counts.size();
    modules++;
    add("module:" + name, described(name, counts, size[0]));
  }

  private static Tree described(String name, Map<String, Integer> counts, long size) {
    Tree tree =
        Tree.map()
            .with("packages", counts.size())
            .with("classes", counts.values().stream().mapToInt(Integer::intValue).sum())
            .with("class_bytes", size);
    return ModuleLayer.boot()
        .findModule(name)
        .map(module -> module.getDescriptor())
        .map(descriptor ->
            tree.with(
                    "requires",
                    Tree.list(
                        descriptor.requires().stream()
                            .map(ModuleDescriptor.Requires::name)
                            .sorted()
                            .map(Tree::of)
                            .toList()))
                .with("exports", descriptor.exports().size()))
        .orElse(tree);
  }

  private void type(String module, String owner, String name, byte[] content) {
    ClassModel model = ClassFile.of().parse(content);
    classes++;
    add(
        "class:" + name,
        Tree.map()
            .with("module", module)
            .with("package", owner)
            .with(
                "extends",
                model.superclass().map(type -> type.asInternalName().replace('/', '.')).orElse(""))
            .with("interfaces", model.interfaces().size())
            .with("flags", model.flags().flagsMask())
            .with("version", model.majorVersion())
            .with("constants", model.constantPool().size())
            .with("bytes", content.length));
  }

  private void add(String key, Tree value) {
    Item item = new Item(Bytes.utf8(key), Bytes.utf8(Json.of(value)));
    bytes += item.key().size() + item.value().size();
    items.add(item);
  }
}
