/** Whole years of age on a day, both YYYY-MM-DD; a time behind the day is ignored. `age_on` is the same in SQL. */
export function ageOn(dob: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(dob.slice(0, 4));
  return day.slice(5, 10) < dob.slice(5, 10) ? years - 1 : years;
}
