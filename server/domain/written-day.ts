const calendarDay = (year: string, month: string, day: string): string | null => {
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  const at = new Date(`${iso}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(iso) ? iso : null;
};

/** A day as people write it (DD/MM/YYYY with `/`, `.` or `-`, or YYYY-MM-DD), as YYYY-MM-DD. Null where it is none. */
export function writtenDay(text: string): string | null {
  const local = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  if (local) return calendarDay(local[3] ?? '', local[2] ?? '', local[1] ?? '');
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  return iso ? calendarDay(iso[1] ?? '', iso[2] ?? '', iso[3] ?? '') : null;
}
