import { formatCount, formatDay, formatInstant, formatPercent, periodDays } from '../paper/format';
import type { Block } from '../paper/paginate';
import { widthOf } from '../paper/text';
import { baseline, colors, inner, rule, type Setting, sheet, styles } from './sheet';
import { statementTexts } from './texts';
import type { StatementView } from './view-model';

const { left, right } = sheet;
const isZero = (value: string) => !/[1-9]/.test(value);

export const heading = (text: string, aside = ''): Block => ({
  height: 30,
  keepWithNext: true,
  draw(pen, top) {
    const at = baseline(styles.head, top + 10);
    pen.text(text, left, at, styles.head);
    pen.text(aside, right, at, styles.small, { align: 'right', color: colors.soft });
  },
});

function letterheadBlock({ organisation }: StatementView, { language }: Setting): Block {
  const texts = statementTexts[language];
  const { phone, email, website, taxCode, licence } = organisation;
  const contact = [phone && `${texts.phone} ${phone}`, email, website].filter(Boolean).join(' · ');
  const registry = [
    taxCode && `${texts.taxCode} ${taxCode}`,
    licence && `${texts.licence} ${licence[language]}`,
  ].filter(Boolean);
  return {
    height: 44,
    draw(pen, top) {
      pen.text(organisation.name[language], left, baseline(styles.head, top), styles.head, { within: inner });
      const soft = { color: colors.soft, within: inner };
      pen.text(organisation.address[language], left, baseline(styles.small, top + 15), styles.small, soft);
      const line = [contact, ...registry].filter(Boolean).join(' · ');
      pen.text(line, left, baseline(styles.small, top + 25), styles.small, soft);
      rule(pen, top + 41);
    },
  };
}

function titleBlock(view: StatementView, { language }: Setting): Block {
  const texts = statementTexts[language];
  const { number, version, period } = view.statement;
  const [first, last] = periodDays(period);
  return {
    height: 58,
    draw(pen, top) {
      pen.text(texts.title, left, baseline(styles.title, top + 10), styles.title);
      const when = texts.period(formatDay(period), formatDay(first), formatDay(last));
      pen.text(when, left, baseline(styles.body, top + 33), styles.body);
      const soft = { align: 'right', color: colors.soft } as const;
      pen.text(texts.number(number, version), right, baseline(styles.small, top + 18), styles.small, soft);
      const issued = texts.issued(formatInstant(view.issuedAt, view.timeZone));
      pen.text(issued, right, baseline(styles.small, top + 35), styles.small, soft);
    },
  };
}

function partiesBlock(view: StatementView, { language, money }: Setting): Block {
  const texts = statementTexts[language];
  const { doctor, sums, statement, currency } = view;
  const contact = [`${texts.doctorCode} ${doctor.code}`, doctor.phone, doctor.email].filter(Boolean).join(' · ');
  const middle = left + inner * 0.58;
  return {
    height: 68,
    draw(pen, top) {
      const soft = { color: colors.soft, within: middle - left - 16 };
      pen.box(left, top, inner, 62, colors.wash);
      pen.text(texts.doctor, left + 12, baseline(styles.label, top + 8), styles.label, soft);
      pen.text(doctor.name, left + 12, baseline(styles.head, top + 17), styles.head, { within: soft.within });
      pen.text(contact, left + 12, baseline(styles.small, top + 34), styles.small, soft);
      const plan = doctor.plan ? `${texts.plan}: ${doctor.plan[language]}` : '';
      pen.text(plan, left + 12, baseline(styles.small, top + 44), styles.small, soft);
      const edge = { align: 'right', color: colors.soft } as const;
      pen.text(`${texts.payable} (${currency})`, right - 12, baseline(styles.label, top + 8), styles.label, edge);
      const payable = { align: 'right', color: colors.accent } as const;
      pen.text(money(sums.payable), right - 12, baseline(styles.title, top + 16), styles.title, payable);
      pen.text(texts.states[statement.state], right - 12, baseline(styles.small, top + 38), styles.small, edge);
    },
  };
}

type Step = { label: string; note?: string; value: string; last?: boolean };

function stepBlock({ label, note, value, last }: Step, { fonts }: Setting): Block {
  const style = last ? styles.strong : styles.body;
  const height = last ? 21 : 17;
  return {
    height,
    keepWithNext: !last,
    draw(pen, top) {
      const at = baseline(style, top + (height - style.leading) / 2);
      pen.text(label, left, at, style);
      if (note) pen.text(note, left + widthOf(fonts, style, label) + 8, at, styles.small, { color: colors.soft });
      pen.text(value, right, at, style, { align: 'right' });
      rule(pen, top + height, last ? colors.accent : colors.rule);
    },
  };
}

/** The sum from revenue to what is paid out, a step a row. */
export function sumSteps({ sums }: StatementView, { language, money }: Setting): Step[] {
  const texts = statementTexts[language];
  const counts = texts.counts(formatCount(sums.orders, language), formatCount(sums.lines, language));
  const tax = isZero(sums.tax)
    ? texts.notTaxed(money(sums.taxThreshold))
    : texts.taxed(formatPercent(sums.taxRate, language));
  return [
    { label: texts.base, note: counts, value: money(sums.base) },
    { label: texts.commission, value: money(sums.commission) },
    { label: texts.adjustments, value: money(sums.adjustments) },
    { label: texts.carryForward, value: money(sums.carryForward) },
    {
      label: texts.tax,
      ...(isZero(sums.taxRate) ? {} : { note: tax }),
      value: isZero(sums.tax) ? money('0') : money(`-${sums.tax}`.replace('--', '')),
    },
    { label: texts.payable, value: money(sums.payable), last: true },
  ];
}

const columns = { lines: left + 250, bar: left + 262, barWidth: 80, base: left + 432 } as const;

function categoryBlocks(view: StatementView, { language, money }: Setting): Block[] {
  const texts = statementTexts[language];
  const soft = { color: colors.soft } as const;
  const head: Block = {
    height: 14,
    keepWithNext: true,
    draw(pen, top) {
      const at = baseline(styles.label, top + 1);
      pen.text(texts.category, left, at, styles.label, soft);
      pen.text(texts.lines, columns.lines, at, styles.label, { ...soft, align: 'right' });
      pen.text(texts.revenue, columns.base, at, styles.label, { ...soft, align: 'right' });
      pen.text(texts.commission, right, at, styles.label, { ...soft, align: 'right' });
      rule(pen, top + 14);
    },
  };
  const largest = view.categories.reduce((most, { base }) => Math.max(most, Number(base)), 1);
  const rows = view.categories.map(
    (category): Block => ({
      height: 16,
      draw(pen, top) {
        const at = baseline(styles.body, top + 1.5);
        pen.text(category.name[language], left, at, styles.body, { within: 200 });
        pen.text(formatCount(category.lines, language), columns.lines, at, styles.body, { align: 'right' });
        const share = Math.max(0, Number(category.base)) / largest;
        pen.box(columns.bar, top + 6, columns.barWidth, 4, colors.faint);
        pen.box(columns.bar, top + 6, columns.barWidth * share, 4, colors.accent);
        pen.text(money(category.base), columns.base, at, styles.body, { align: 'right' });
        pen.text(money(category.commission), right, at, styles.body, { align: 'right' });
        rule(pen, top + 16, colors.faint);
      },
    }),
  );
  return rows.length > 0 ? [heading(texts.categories), head, ...rows] : [];
}

function changeBlocks({ adjustments }: StatementView, { language, money }: Setting): Block[] {
  const texts = statementTexts[language];
  const rows = adjustments.map(
    (change): Block => ({
      height: 16,
      draw(pen, top) {
        const at = baseline(styles.body, top + 1.5);
        const kind = change.kind === 'adjustment' ? texts.adjustments : texts.carryForward;
        pen.text(formatDay(change.day), left, at, styles.body, { color: colors.soft });
        pen.text(`${kind} · ${change.reason[language]}`, left + 62, at, styles.body, { within: inner - 160 });
        pen.text(money(change.amount), right, at, styles.body, { align: 'right' });
        rule(pen, top + 16, colors.faint);
      },
    }),
  );
  return rows.length > 0 ? [heading(texts.changes), ...rows] : [];
}

/** Everything before the table of lines. */
export function openingBlocks(view: StatementView, setting: Setting): Block[] {
  const texts = statementTexts[setting.language];
  return [
    letterheadBlock(view, setting),
    titleBlock(view, setting),
    partiesBlock(view, setting),
    heading(texts.summary, texts.unit(view.currency)),
    ...sumSteps(view, setting).map((step) => stepBlock(step, setting)),
    ...categoryBlocks(view, setting),
    ...changeBlocks(view, setting),
  ];
}
