/** Lets the browser fetch an address of this gateway as a file, with its own progress. */
export function saveAddress(address: string): void {
  const link = document.createElement("a");
  link.href = address;
  link.download = "";
  link.click();
}
