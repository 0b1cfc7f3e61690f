"use strict";
// Which files are meant: chosen, dropped, or below a folder. A folder is named from within, as the command names it.
const meant = (() => {
  const is_hidden = (path) => path.split("/").slice(0, -1).some((folder) => folder.startsWith("."));
  const within = (path) => path.split("/").slice(1).join("/") || path;
  const entries_of = async (folder) => {
    const reader = folder.createReader();
    const all = [];
    for (;;) {
      const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
      if (some.length === 0) return all;
      all.push(...some);
    }
  };
  const files_below = async (entry, path, files) => {
    if (entry.isFile) {
      const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
      files.push({ path, file });
    } else if (!entry.name.startsWith(".") || path === "") {
      for (const inner of await entries_of(entry)) await files_below(inner, (path && path + "/") + inner.name, files);
    }
  };
  const handles_below = async (handle, path, files) => {
    if (handle.kind === "file") files.push({ path, file: await handle.getFile() });
    else if (!handle.name.startsWith(".") || path === "") {
      for await (const inner of handle.values()) await handles_below(inner, (path && path + "/") + inner.name, files);
    }
  };
  // On a page that was opened from disk Chromium gives handles, and no entries.
  const dropped = async (items) => {
    const given = [...items].filter(({ kind }) => kind === "file")
      .map((item) => item.getAsFileSystemHandle ? item.getAsFileSystemHandle() : item.webkitGetAsEntry());
    const files = [];
    for (const one of await Promise.all(given)) {
      if (one && one.kind) await handles_below(one, one.kind === "file" ? one.name : "", files);
      else if (one) await files_below(one, one.isFile ? one.name : "", files);
    }
    return files;
  };
  const chosen = (input) => [...input.files]
    .map((file) => ({ path: file.webkitRelativePath ? within(file.webkitRelativePath) : file.name, file }))
    .filter(({ path }) => !is_hidden(path));
  const below = async (handle) => {
    const files = [];
    await handles_below(handle, "", files);
    return files;
  };
  return { chosen, dropped, below };
})();
