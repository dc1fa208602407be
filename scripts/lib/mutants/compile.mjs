import path from 'node:path';
import ts from 'typescript';
import { inRoot, root } from '../paths.mjs';

/** Answers of a text of a file of the project whether it compiles: a mutant that does not is no mutant. */
export function compiler() {
  const { config } = ts.readConfigFile(inRoot('tsconfig.json'), ts.sys.readFile);
  const { options, fileNames } = ts.parseJsonConfigFileContent(
    { ...config, include: ['server/**/*.ts', 'app/**/*.ts', 'inngest/**/*.ts', '*.d.ts'] },
    ts.sys,
    root,
  );
  const changed = new Map();
  const host = {
    ...ts.sys,
    getCompilationSettings: () => ({ ...options, incremental: false, skipLibCheck: true }),
    getScriptFileNames: () => fileNames,
    getScriptVersion: (file) => changed.get(file)?.version ?? '0',
    getScriptSnapshot: (file) => {
      const text = changed.get(file)?.text ?? ts.sys.readFile(file);
      return text === undefined ? undefined : ts.ScriptSnapshot.fromString(text);
    },
    getCurrentDirectory: () => root,
    useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
  };
  const service = ts.createLanguageService(host);
  let version = 0;
  return (file, text) => {
    const name = path.join(root, file);
    version += 1;
    changed.set(name, { text, version: String(version) });
    const wrong = service.getSyntacticDiagnostics(name).length > 0 || service.getSemanticDiagnostics(name).length > 0;
    changed.set(name, { text: ts.sys.readFile(name), version: `${version}-back` });
    return !wrong;
  };
}
