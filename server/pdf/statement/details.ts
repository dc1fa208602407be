import { formatDay, weekdayOf } from '../paper/format';
import type { Block } from '../paper/paginate';
import { wrap } from '../paper/text';
import { arithmeticOf } from './arithmetic';
import { heading } from './opening';
import { baseline, colors, inner, rule, type Setting, sheet, styles } from './sheet';
import { statementTexts } from './texts';
import type { StatementLine, StatementView } from './view-model';

const { left, right } = sheet;
/** Edges of the columns: the code, the name, then the right edge of revenue, the left edge of the calculation. */
const columns = { code: left + 10, name: left + 66, base: left + 322, steps: left + 338, nameWidth: 176 } as const;

type Day = StatementView['days'][number];
type Order = Day['orders'][number];

function columnHead({ language }: Setting): Block {
  const texts = statementTexts[language];
  const soft = { color: colors.soft } as const;
  return {
    height: 15,
    keepWithNext: true,
    draw(pen, top) {
      const at = baseline(styles.label, top + 1);
      pen.text(texts.service, left, at, styles.label, soft);
      pen.text(texts.revenue, columns.base, at, styles.label, { ...soft, align: 'right' });
      pen.text(texts.calculation, columns.steps, at, styles.label, soft);
      pen.text(texts.commission, right, at, styles.label, { ...soft, align: 'right' });
      rule(pen, top + 14);
    },
  };
}

const total = (lines: readonly StatementLine[], field: 'base' | 'commission') =>
  lines.reduce((sum, line) => sum + BigInt(line[field]), 0n).toString();

function dayHead(day: Day, setting: Setting, continued: boolean): Block {
  const { language, money } = setting;
  const texts = statementTexts[language];
  const lines = day.orders.flatMap((order) => order.lines);
  const name = `${texts.weekdays[weekdayOf(day.day)]}, ${formatDay(day.day)}`;
  return {
    height: 19,
    keepWithNext: true,
    draw(pen, top) {
      const at = baseline(styles.strong, top + 4);
      pen.text(continued ? `${name} ${texts.continued}` : name, left, at, styles.strong);
      if (continued) return;
      pen.text(money(total(lines, 'base')), columns.base, at, styles.strong, { align: 'right' });
      pen.text(money(total(lines, 'commission')), right, at, styles.strong, { align: 'right' });
    },
  };
}

function orderHead(order: Order, { language }: Setting, continued: boolean): Block {
  const texts = statementTexts[language];
  const parts = [order.number, order.reference, order.patient].filter(Boolean);
  const text = continued ? `${parts.join(' · ')} ${texts.continued}` : parts.join(' · ');
  return {
    height: 14,
    keepWithNext: true,
    draw: (pen, top) =>
      pen.text(text, left, baseline(styles.small, top + 3), styles.small, { color: colors.soft, within: inner }),
  };
}

/** Names of services in lines, each broken once: a month has few services and many lines. */
function nameLines({ fonts }: Setting): (name: string) => string[] {
  const broken = new Map<string, string[]>();
  return (name) => {
    const lines = broken.get(name) ?? wrap(fonts, styles.body, name, columns.nameWidth);
    broken.set(name, lines);
    return lines;
  };
}

function lineRow(
  line: StatementLine,
  setting: Setting,
  linesOf: (name: string) => string[],
  under: readonly Block[],
): Block {
  const { language, money } = setting;
  const name =
    line.kind === 'refund' ? `${statementTexts[language].refund}: ${line.name[language]}` : line.name[language];
  const names = linesOf(name);
  const steps = arithmeticOf(line.rule, setting);
  const { leading } = styles.body;
  return {
    height: Math.max(names.length, steps.length) * leading + 1,
    under,
    draw(pen, top) {
      const at = baseline(styles.body, top);
      pen.text(line.code, columns.code, at, styles.small, { color: colors.soft, within: 52 });
      for (const [index, part] of names.entries()) pen.text(part, columns.name, at + index * leading, styles.body);
      pen.text(money(line.base), columns.base, at, styles.body, { align: 'right' });
      for (const [index, step] of steps.entries()) {
        pen.text(step, columns.steps, at + index * leading, styles.small);
      }
      pen.text(money(line.commission), right, at, styles.body, { align: 'right' });
    },
  };
}

const dayRule: Block = { height: 3, draw: (pen, top) => rule(pen, top + 2.5, colors.faint) };

/** Lines by day and order. A page that begins amid an order names its day and order again. */
export function detailBlocks(view: StatementView, setting: Setting): Block[] {
  const texts = statementTexts[setting.language];
  const head = columnHead(setting);
  const linesOf = nameLines(setting);
  const blocks: Block[] = [heading(texts.details), head];
  for (const day of view.days) {
    blocks.push({ ...dayHead(day, setting, false), under: [head] });
    const again = dayHead(day, setting, true);
    for (const [place, order] of day.orders.entries()) {
      blocks.push({ ...orderHead(order, setting, false), under: place === 0 ? [head] : [head, again] });
      const under = [head, again, orderHead(order, setting, true)];
      const rows = order.lines.map((line) => lineRow(line, setting, linesOf, under));
      const last = place === day.orders.length - 1 ? rows.pop() : undefined;
      blocks.push(...rows);
      // The rule that closes the day stays with its last line, so that no page begins with it.
      if (last) blocks.push({ ...last, keepWithNext: true }, dayRule);
    }
  }
  if (view.days.length > 0) return blocks;
  const none: Block = {
    height: 20,
    draw: (pen, top) => pen.text(texts.none, left, baseline(styles.body, top + 3), styles.body, { color: colors.soft }),
  };
  return [heading(texts.details), none];
}
