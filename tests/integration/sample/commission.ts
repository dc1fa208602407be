type Cells = Record<string, string>;

/** A line of a right order; `at` is the organisation's wall clock, money in minor units. */
export type PaidLine = {
  doctor: string;
  at: string;
  ref: string;
  position: number;
  service: string;
  category: string;
  list: bigint;
  net: bigint;
};

const THRESHOLD = 2_000_000n;

/** Millionths of a decimal text. */
const millionths = (decimal: string): bigint => {
  const [whole = '0', decimals = ''] = decimal.split('.');
  return BigInt(whole + decimals.padEnd(6, '0'));
};

/** Rounded half up; nothing here is negative. */
const divided = (amount: bigint, by: bigint) => (amount + by / 2n) / by;

const inOrder = (a: PaidLine, b: PaidLine) => {
  if (a.at !== b.at) return a.at < b.at ? -1 : 1;
  if (a.ref !== b.ref) return a.ref < b.ref ? -1 : 1;
  return a.position - b.position;
};

/** The rules that a line falls under, lowest band first: for its service, else its category, else anything. */
function rulesFor(line: PaidLine, plan: Cells[]): Cells[] {
  const day = line.at.slice(0, 10);
  const valid = plan.filter(
    ({ valid_from = '', valid_to = '' }) => valid_from <= day && (valid_to === '' || day < valid_to),
  );
  const forService = valid.filter((rule) => rule.service_code === line.service);
  const forCategory = valid.filter((rule) => rule.service_code === '' && rule.category === line.category);
  const forAnything = valid.filter((rule) => rule.service_code === '' && rule.category === '*');
  const chosen = [forService, forCategory, forAnything].find((rules) => rules.length > 0) ?? [];
  return chosen.sort((a, b) => Number(a.band_from) - Number(b.band_from));
}

/** What a line gives when its set of rules has seen `before` already in the month. */
function given(net: bigint, before: bigint, rules: Cells[]): bigint {
  const [lowest] = rules;
  if (!lowest) return 0n;
  let exact = 0n;
  // What of the line lies between the beginning of a band and the beginning of the next.
  rules.forEach((rule, index) => {
    const from = BigInt(rule.band_from || 0);
    const to = rules[index + 1] ? BigInt(rules[index + 1]?.band_from ?? 0) : before + net;
    const low = before > from ? before : from;
    const high = before + net < to ? before + net : to;
    if (high > low) exact += (high - low) * millionths(rule.value ?? '0');
  });
  const amount = lowest.kind === 'fixed' ? BigInt(lowest.value ?? 0) : divided(exact, 100_000_000n);
  return lowest.cap_per_line && amount > BigInt(lowest.cap_per_line) ? BigInt(lowest.cap_per_line) : amount;
}

function statementOf(doctor: Cells, lines: PaidLine[], plan: Cells[]) {
  const seen = new Map<string, bigint>();
  let commission = 0n;
  for (const line of lines.sort(inOrder)) {
    const rules = rulesFor(line, plan);
    const set = ['valid_from', 'valid_to', 'category', 'service_code'].map((name) => rules[0]?.[name]).join();
    const before = seen.get(set) ?? 0n;
    commission += given(line.net, before, rules);
    seen.set(set, before + line.net);
  }
  const tax = commission >= THRESHOLD ? divided(commission * millionths(doctor.tax_rate ?? '0'), 100_000_000n) : 0n;
  return {
    doctor: doctor.code ?? '',
    orders: new Set(lines.map(({ ref }) => ref)).size,
    lines: lines.length,
    base: Number(lines.reduce((sum, { net }) => sum + net, 0n)),
    commission: Number(commission),
    tax: Number(tax),
    payable: Number(commission - tax),
  };
}

/** Every doctor's statement by month, of the months and doctors that have a line. */
export function commissionOf(lines: PaidLine[], doctors: Cells[], plans: Cells[]) {
  const months = [...new Set(lines.map(({ at }) => at.slice(0, 7)))].sort();
  const statementsOf = (month: string) =>
    doctors.flatMap((doctor) => {
      const own = lines.filter((line) => line.doctor === doctor.code && line.at.startsWith(month));
      const plan = plans.filter((rule) => rule.plan === doctor.plan);
      return own.length > 0 ? [statementOf(doctor, own, plan)] : [];
    });
  return Object.fromEntries(months.map((month) => [month, statementsOf(month)]));
}
