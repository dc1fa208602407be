import { Canvas, Document, Page } from '@react-pdf/renderer';
import { formatAmount, formatDay, minorDigits } from '../paper/format';
import { type Block, paginate } from '../paper/paginate';
import { Pen } from '../paper/pen';
import type { Typefaces } from '../paper/typeface';
import type { Language } from '../paper/words';
import { detailBlocks } from './details';
import { openingBlocks } from './opening';
import { sealBlocks } from './seal';
import { baseline, colors, rule, type Setting, sheet, styles } from './sheet';
import { statementTexts } from './texts';
import type { StatementView } from './view-model';

/** Room that the running head takes on every page but the first. */
const RUNNING_HEAD = 22;

export function layoutStatement(view: StatementView, language: Language, fonts: Typefaces): Block[][] {
  const digits = minorDigits(view.currency);
  const setting: Setting = { fonts, language, money: (value) => formatAmount(value, digits, language) };
  const blocks = [...openingBlocks(view, setting), ...detailBlocks(view, setting), ...sealBlocks(view, setting)];
  const height = sheet.bottom - sheet.top;
  return paginate(blocks, [height, height - RUNNING_HEAD]);
}

function renderRunningHead(pen: Pen, view: StatementView, language: Language): void {
  const texts = statementTexts[language];
  const soft = { color: colors.soft } as const;
  const at = baseline(styles.small, sheet.top - 2);
  const subject = `${texts.title} ${formatDay(view.statement.period)} · ${view.doctor.name}`;
  pen.text(subject, sheet.left, at, styles.small, { ...soft, within: 380 });
  pen.text(texts.unit(view.currency), sheet.right, at, styles.small, { ...soft, align: 'right' });
  rule(pen, sheet.top + 12);
}

function renderFooter(pen: Pen, view: StatementView, language: Language, page: number, pages: number): void {
  const texts = statementTexts[language];
  const soft = { color: colors.soft } as const;
  const at = baseline(styles.small, sheet.bottom + 14);
  rule(pen, sheet.bottom + 8);
  const { number, version, state } = view.statement;
  const mark = view.seal ? `${texts.hash} ${view.seal.hash.slice(0, 16)}` : texts.states[state];
  pen.text(`${texts.number(number, version)} · ${mark}`, sheet.left, at, styles.small, soft);
  pen.text(texts.page(page, pages), sheet.right, at, styles.small, { ...soft, align: 'right' });
}

export function StatementDocument(props: { view: StatementView; language: Language; fonts: Typefaces }) {
  const { view, language, fonts } = props;
  const pages = layoutStatement(view, language, fonts).map((blocks, index) => ({ blocks, number: index + 1 }));
  const paintPage = (page: (typeof pages)[number]) => (painter: ConstructorParameters<typeof Pen>[0]) => {
    const pen = new Pen(painter, fonts, colors.ink);
    let top: number = sheet.top;
    if (page.number > 1) {
      renderRunningHead(pen, view, language);
      top += RUNNING_HEAD;
    }
    for (const block of page.blocks) {
      block.draw(pen, top);
      top += block.height;
    }
    renderFooter(pen, view, language, page.number, pages.length);
    return null;
  };
  const organisation = view.organisation.name[language];
  const texts = statementTexts[language];
  return (
    <Document
      title={`${texts.title} ${formatDay(view.statement.period)} · ${view.doctor.name}`}
      author={organisation}
      subject={texts.number(view.statement.number, view.statement.version)}
      creator={organisation}
      producer="Sapoche Portal"
      language={language}
      creationDate={new Date(view.issuedAt)}
    >
      {pages.map((page) => (
        <Page key={page.number} size="A4" wrap={false}>
          <Canvas paint={paintPage(page)} style={{ width: sheet.width, height: sheet.height }} />
        </Page>
      ))}
    </Document>
  );
}
