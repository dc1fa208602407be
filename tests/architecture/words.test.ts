import { describe, expect, it } from 'vitest';
import { codeIn, isTest, read, written } from './tree';

const files = codeIn(written).filter((file) => !file.startsWith('tests/architecture/'));

const holding = (pattern: RegExp, among = files) =>
  among.flatMap((file) =>
    read(file)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1} ${line.trim()}`] : [])),
  );

describe('words that may not be left behind', () => {
  it('put nothing off', () => {
    expect(holding(/\b(TODO|FIXME|XXX|HACK)\b|not (yet )?implemented|coming soon|lorem ipsum/i)).toEqual([]);
  });

  it('silence neither the type checker nor the linter', () => {
    expect(holding(/@ts-(ignore|expect-error|nocheck)|biome-ignore|eslint-disable/)).toEqual([]);
  });

  it('leave no test out', () => {
    expect(holding(/\b(it|test|describe)\.(skip|only|todo|fixme)\b/, files.filter(isTest))).toEqual([]);
  });
});

describe('which Inngest server runs', () => {
  it('is known to no line of the application: the environment alone decides', () => {
    const application = files.filter(
      (file) => /^(app|components|server|inngest|i18n)\//.test(file) && !file.startsWith('inngest/engine/'),
    );
    expect(application.length).toBeGreaterThan(300);
    expect(holding(/inngest[-_/]engine|ENGINE_[A-Z]|embedded (engine|server)|official server/i, application)).toEqual(
      [],
    );
  });
});
