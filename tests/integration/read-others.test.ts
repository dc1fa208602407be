import { beforeAll } from 'vitest';
import * as documents from '@/server/modules/core/documents/queries';
import * as messages from '@/server/modules/core/notifications/queries';
import { searchEverything } from '@/server/modules/core/search/queries';
import * as doctors from '@/server/modules/referral/doctors/queries';
import * as gate from '@/server/modules/referral/statement-access/queries';
import * as patients from '@/server/modules/sales/patients/queries';
import { withDatabase } from './database';
import { idOf, makeReadFixture, staff } from './read-fixture';
import { all, type Cases, cashier, describeReads, each, finance, idsOf, pages, there } from './read-models';

withDatabase();
beforeAll(makeReadFixture);

const hash = (n: number) => new Uint8Array([n, n]);

const OTHERS: Cases = {
  'documents by id': async () => [
    await documents.documentById(idOf('document', 1)),
    await documents.documentById(idOf('document', 4)),
    await documents.documentById(idOf('document', 99)),
  ],
  'newest document': () => documents.documentOf({ kind: 'receipt', ownerId: idOf('order', 1), language: 'vi' }),
  'document in a language that is not there': () =>
    documents.documentOf({ kind: 'receipt', ownerId: idOf('order', 2), language: 'en' }),
  'box page': () => messages.boxPage({ search: null, before: null, limit: 1 }),
  'box page before': () => messages.boxPage({ search: null, before: '01900000-0000-7000-8000-000000000002', limit: 5 }),
  'box page to a sign': () => messages.boxPage({ search: '_', before: null, limit: 5 }),
  'box to one': () => messages.boxMessages('+84912345678'),
  'box, the newest': () => messages.boxMessages(null, 2),
  doctors: () => pages((paging) => doctors.listDoctors(paging)),
  'doctors for a name': () => idsOf(doctors.listDoctors({ search: 'le an', ...all })),
  'doctor for finance': () => doctors.doctorDetail({ actor: finance, id: idOf('doctor', 1) }),
  'doctor for a cashier': () => doctors.doctorDetail({ actor: cashier, id: idOf('doctor', 1) }),
  'doctor that is not there': () => doctors.doctorDetail({ actor: finance, id: idOf('doctor', 99) }),
  patients: () => pages((paging) => patients.listPatients(paging)),
  'patients for a name': () => patients.findPatients({ search: 'nguyen thi dao', limit: 5 }),
  'patients by birth': () => patients.findPatients({ search: '12/05/1990', limit: 1 }),
  'patients for nothing': () => patients.findPatients({ search: '  ', limit: 5 }),
  'patient for a cashier': () => patients.patientDetail({ actor: cashier, id: idOf('patient', 1) }),
  'patient for finance': () => patients.patientDetail({ actor: finance, id: idOf('patient', 1) }),
  'patient that is not there': () => patients.patientDetail({ actor: finance, id: idOf('patient', 99) }),
  ...each(['dao', '%', 'q1-261001-0001', 'REF-6', '261001000001', 'bs'], 'search for …', (text) =>
    searchEverything(staff(3, 'branch-manager', 1), text, 'vi'),
  ),
  'search there': () => searchEverything(there, 'dao', 'vi'),
  'search of finance': () => searchEverything(finance, 'dao', 'vi'),
  'links by hash': () => Promise.all([1, 2, 3, 4].map((n) => gate.openLinkByHash(hash(n)))),
  'life of a link': () => gate.linkHistory(idOf('statement', 1)),
  'notices of links': () => Promise.all([1, 2, 3, 4].map((n) => gate.statementNotification(idOf('link', n)))),
  'statements of links': () => Promise.all([1, 2, 3, 4].map((n) => gate.statementOfLink(idOf('link', n)))),
  'lockouts that are over': () => gate.listLockouts(null),
};

describeReads('others', OTHERS);
