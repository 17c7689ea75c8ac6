const units = ['KB', 'MB', 'GB'];

/** Bytes as people read them: `512 bytes`, `3.4 KB`, `27 MB`. */
export function fileSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
  let size = bytes / 1024;
  let unit = 0;
  // 1023.95 would be shown as 1024.
  while (size >= 1023.95 && unit < units.length - 1) {
    size /= 1024;
    unit++;
  }
  return `${size < 10 ? size.toFixed(1).replace('.0', '') : Math.round(size)} ${units[unit]}`;
}
