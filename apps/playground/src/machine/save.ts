/** Downloads a value as JSON. */
export function save(name: string, value: object): void {
  const url = URL.createObjectURL(new Blob([JSON.stringify(value, null, 2)], { type: 'application/json' }));
  const link = Object.assign(document.createElement('a'), { href: url, download: name });
  link.click();
  // The download has begun; it holds the data itself.
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}
