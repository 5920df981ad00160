package dev.trmarena.db.plan;

/**
 * Where a fetched file came from.
 *
 * @param hub name of the host
 * @param repository {@code OWNER/NAME}, of a data set with {@code datasets/} in front
 * @param path of the file in it
 * @param revision that was asked for: a branch, a tag or a commit
 * @param commit that this was then, 40 hexadecimal digits
 * @param page address at which people see this very file
 */
public record Origin(String hub, String repository, String path, String revision, String commit, String page) {}
