/** The row of a statement that answers one whatever there is: a count, whether something exists, what was just inserted. */
export function oneRow<Row>(rows: readonly Row[]): Row {
  const [row] = rows;
  if (!row) throw new Error('a statement that always answers a row has answered none');
  return row;
}
