import { beforeAll } from 'vitest';
import * as uploads from '@/server/modules/intake/uploads/queries';
import { withDatabase } from './database';
import { gathered } from './gathered';
import { idOf, makeReadFixture } from './read-fixture';
import { all, type Cases, describeReads, each, idsOf, manager, operator, pages } from './read-models';

withDatabase();
beforeAll(makeReadFixture);

const flat = async <Row>(batches: AsyncIterable<Row[]>) => (await gathered(batches)).flat();

const UPLOADS: Cases = {
  list: () => pages((paging) => uploads.listUploads({ actor: operator, ...paging })),
  'list of a manager': () => idsOf(uploads.listUploads({ actor: manager, ...all })),
  'list for a name': () => idsOf(uploads.listUploads({ actor: operator, search: 'BANG THANG', ...all })),
  'list of a state': () => idsOf(uploads.listUploads({ actor: operator, state: 'checked', ...all })),
  ...each([1, 2, 3], 'upload …', (n) => uploads.uploadDetail({ actor: operator, id: idOf('upload', n) })),
  sheet: () => uploads.listSheet({ actor: operator, id: idOf('upload', 1), onlyWrong: false, limit: 3 }),
  'sheet from there on': () =>
    uploads.listSheet({ actor: operator, id: idOf('upload', 1), onlyWrong: false, after: 4, limit: 3 }),
  'sheet of a manager': () => uploads.listSheet({ actor: manager, id: idOf('upload', 1), onlyWrong: false, limit: 9 }),
  'sheet, wrong rows': () => uploads.listSheet({ actor: operator, id: idOf('upload', 1), onlyWrong: true, limit: 9 }),
  'sheet, odd rows': () =>
    uploads.listSheet({ actor: operator, id: idOf('upload', 1), onlyWrong: false, onlyWarned: true, limit: 9 }),
  'sheet, one fault': () =>
    uploads.listSheet({ actor: operator, id: idOf('upload', 1), onlyWrong: false, code: 'duplicate_ref', limit: 9 }),
  'wrong cells': () => flat(uploads.wrongCells(idOf('upload', 1), null)),
  'wrong cells of a branch': () => flat(uploads.wrongCells(idOf('upload', 1), idOf('branch', 1))),
  'odd rows': () => flat(uploads.oddRows(idOf('upload', 1), null)),
  'odd rows of a branch': () => flat(uploads.oddRows(idOf('upload', 1), idOf('branch', 1))),
  progress: () => uploads.uploadProgress({ actor: operator, id: idOf('upload', 1) }),
  'last row': async () => [await uploads.lastRow(idOf('upload', 1)), await uploads.lastRow(idOf('upload', 3))],
  known: async () => {
    const { branches, customers, doctors: referring, services, zone } = await uploads.loadKnown('Asia/Ho_Chi_Minh');
    return [branches, customers, referring, services].map((map) => [...map].toSorted()).concat([[zone] as never]);
  },
};

describeReads('uploads', UPLOADS);
