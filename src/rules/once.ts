/** Makes a table when it is first asked for: a page reads few of them, and none before it is drawn. */
export function once<Table>(make: () => Table): () => Table {
  let made: Table | undefined;
  return () => (made ??= make());
}
