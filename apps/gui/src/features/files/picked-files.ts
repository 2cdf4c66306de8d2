export interface PickedFile {
  readonly file: File;
  /** With the folders it was chosen with: `photos/one.jpg`. */
  readonly name: string;
}

export const fromPicker = (files: FileList): PickedFile[] =>
  [...files].map((file) => ({ file, name: file.webkitRelativePath === '' ? file.name : file.webkitRelativePath }));

/** What was dropped, folders and all that is in them. Must be called while the drop is being told. */
export async function fromDrop(data: DataTransfer): Promise<PickedFile[]> {
  const entries = [...data.items].flatMap((item) => {
    const entry = item.kind === 'file' ? item.webkitGetAsEntry() : null;
    return entry === null ? [] : [entry];
  });
  return (await Promise.all(entries.map((entry) => filesIn(entry)))).flat();
}

async function filesIn(entry: FileSystemEntry, folder = ''): Promise<PickedFile[]> {
  const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
  if (isFile(entry)) {
    const file = await new Promise<File>((resolve, reject) => entry.file(resolve, reject));
    return [{ file, name }];
  }
  if (!isFolder(entry)) return [];
  const found = await entriesIn(entry.createReader());
  return (await Promise.all(found.map((each) => filesIn(each, name)))).flat();
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
