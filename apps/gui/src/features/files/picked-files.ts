export interface PickedFile {
  readonly file: File;
  /** With the folders it was chosen with: `photos/one.jpg`. */
  readonly name: string;
}

export interface Picked {
  readonly files: readonly PickedFile[];
  /** Those with nothing in them; the others are made on the way to their files. */
  readonly folders: readonly string[];
}

/** A browser tells of no empty folder here. */
export const fromPicker = (files: FileList): Picked => ({
  files: [...files].map((file) => ({
    file,
    name: file.webkitRelativePath === '' ? file.name : file.webkitRelativePath,
  })),
  folders: [],
});

/** What was dropped, folders and all that is in them. Must be called while the drop is being told. */
export async function fromDrop(data: DataTransfer): Promise<Picked> {
  const entries = [...data.items].flatMap((item) => {
    const entry = item.kind === 'file' ? item.webkitGetAsEntry() : null;
    return entry === null ? [] : [entry];
  });
  return together(await Promise.all(entries.map((entry) => pickedIn(entry))));
}

const together = (all: readonly Picked[]): Picked => ({
  files: all.flatMap(({ files }) => files),
  folders: all.flatMap(({ folders }) => folders),
});

async function pickedIn(entry: FileSystemEntry, folder = ''): Promise<Picked> {
  const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    return { files: [{ file, name }], folders: [] };
  }
  if (!isFolder(entry)) return { files: [], folders: [] };
  const found = await entriesIn(entry.createReader());
  if (found.length === 0) return { files: [], folders: [name] };
  return together(await Promise.all(found.map((each) => pickedIn(each, name))));
}

/** A browser hands them out in lots, and an empty lot at the end. */
async function entriesIn(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const all: FileSystemEntry[] = [];
  for (;;) {
    const lot = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (lot.length === 0) return all;
    all.push(...lot);
  }
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;
const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;
