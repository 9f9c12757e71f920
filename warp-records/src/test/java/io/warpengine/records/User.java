package io.warpengine.records;

/** The record of most tests. */
record User(long id, String name, String email, int age, double balance) {

  User {
    if (age < 0) {
      throw new IllegalArgumentException("An age is not negative.");
    }
  }

  static User ada() {
    return new User(1815, "Ada", "ada@example.org", 36, 12.5);
  }
}
