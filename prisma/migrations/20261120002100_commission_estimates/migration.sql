-- A chunk of doctors has tens of thousands of lines; the planner's own guess of a thousand makes it join them by nested loops.
ALTER FUNCTION commission_lines(timestamptz, timestamptz, uuid[]) ROWS 50000;
ALTER FUNCTION commission_sales(timestamptz, timestamptz, uuid[]) ROWS 50000;
