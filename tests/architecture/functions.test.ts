import { describe, expect, it } from 'vitest';
import { events } from '@/inngest/events';
import { replayRequested } from '@/inngest/events/core/operations';
import { functions } from '@/inngest/functions';
import { project } from './tree';

/** Every consumer and worker of the former system, by its namespace, and the function that does its work now. */
const FORMER: Record<string, Record<string, string>> = {
  statements: {
    'doctor-statement': 'consumer-doctor-statement',
    'generate-statement-pdf': 'consumer-generate-statement-pdf',
    'send-otp': 'consumer-send-otp',
    'statement-link-event': 'consumer-statement-link-event',
    'statement-batch-publisher': 'wrk--batch-publisher',
  },
  pos: {
    order: 'consumer-order',
    'pos-order': 'consumer-pos-order',
    'orders-bulk-upload': 'consumer-orders-bulk-upload',
    'orders-bulk-upload-vip1': 'consumer-orders-bulk-upload-vip1',
    'orders-bulk-upload-svip1': 'consumer-orders-bulk-upload-svip1',
    'orders-bulk-upload-svip2': 'consumer-orders-bulk-upload-svip2',
    'rate-card-bulk-upload': 'consumer-rate-card-bulk-upload',
    customer: 'consumer-customer',
    'lis-patient': 'consumer-lis-patient',
    'auto-change-answer-na': 'consumer-auto-change-answer-na',
    default: 'consumer-default',
    'pos-batch-publisher': 'wrk--batch-publisher',
    'read-hl7-sftp': 'wrk--read-hl7-sftp',
    'sync-patient': 'wrk--sync-patient',
    'pos-nightly': 'cron',
  },
  clinical: {
    dicom: 'consumer-dicom',
    ecg: 'consumer-ecg',
    employee: 'consumer-employee',
    'lis-testresult': 'consumer-lis-testresult',
    'homekit-register': 'consumer-pat-dtc-homekit-register',
    'test-result-update': 'consumer-pat-test-result-update',
    revenue: 'consumer-revenue',
    'doctor-push-notification': 'consumer-rfd-push-notification',
    'aborted-booking': 'consumer-spc-aborted-booking',
    'checkup-orders': 'consumer-spc-checkup-orders',
    'pdf-generate': 'consumer-spc-pdf-generate',
    'pdf-generate-examination': 'consumer-spc-pdf-generate-examination',
    'clinical-pos-orders': 'consumer-spc-pos-orders',
    'sync-test-master-data': 'consumer-spc-sync-test-master-data',
    booking: 'worker-booking',
    'clinical-batch-publisher': 'worker-sapoche-batch-publisher',
    'notification-batch-publisher': 'worker-sapoche-batch-publisher-notification',
    'checkup-audit-history': 'worker-sapoche-checkup-audit-history',
    'examination-audit-history': 'worker-sapoche-examination-audit-history',
    'clinical-default': 'worker-sapoche-default',
    'event-tracking': 'worker-sapoche-event-tracking',
    'export-csv': 'worker-sapoche-export-csv',
    'imaging-report': 'worker-sapoche-imaging-report',
    notifications: 'worker-sapoche-notifications',
    'notifications-refdoc': 'worker-sapoche-notifications-refdoc',
    pdf: 'worker-sapoche-pdf',
    'pdf-en': 'worker-sapoche-pdf-en',
    'pdf-vip1': 'worker-sapoche-pdf-vip1',
    'pdf-svip1': 'worker-sapoche-pdf-svip1',
    'pdf-svip2': 'worker-sapoche-pdf-svip2',
    'pdf-svip-regen': 'worker-sapoche-pdf-svip-regen',
    scheduler: 'sapoche-be--scheduler',
  },
};

/** Not built yet, by name: a function that appears in the registry must leave this list. */
const NOT_BUILT = new Set(
  [
    'rate-card-bulk-upload customer lis-patient auto-change-answer-na default pos-batch-publisher read-hl7-sftp sync-patient',
    'pos-nightly dicom ecg employee lis-testresult homekit-register test-result-update revenue doctor-push-notification',
    'aborted-booking checkup-orders pdf-generate pdf-generate-examination clinical-pos-orders sync-test-master-data booking',
    'clinical-batch-publisher notification-batch-publisher checkup-audit-history examination-audit-history clinical-default',
    'event-tracking export-csv imaging-report notifications-refdoc pdf pdf-en pdf-vip1 pdf-svip1 pdf-svip2 pdf-svip-regen scheduler',
  ].flatMap((line) => line.split(' ')),
);

const former = Object.assign({}, ...Object.values(FORMER)) as Record<string, string>;

describe('the registry of background functions', () => {
  it('holds every function once', () => {
    const ids = functions.map(({ id }) => id);
    expect(ids.length).toBeGreaterThan(0);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(functions)('$id replaces what it says', ({ id, replaces }) => {
    expect(former[id]).toBe(replaces);
  });

  it.each(functions)('$id has a name for people in both languages', ({ id }) => {
    for (const language of ['vi', 'en']) {
      const { functionNames } = JSON.parse(project.read(`i18n/messages/${language}/core/operations.json`));
      expect(functionNames, language).toHaveProperty([id]);
    }
  });

  it.each(functions)('$id can be repeated by its own name, and its runs are kept', ({ id, fn }) => {
    expect(fn.opts.triggers).toContainEqual({
      event: replayRequested.name,
      if: `event.data.functionId == '${id}'`,
    });
    expect(fn.opts.middleware).toHaveLength(1);
  });

  it('has all that is not listed as not yet built', () => {
    const registered = new Set(functions.map(({ id }) => id));
    const missing = Object.keys(former).filter((id) => !registered.has(id));
    expect(new Set(missing)).toEqual(NOT_BUILT);
  });

  it('takes only events that have a contract, and every contract is spoken of once', () => {
    const names = events.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    for (const fn of functions) for (const event of fn.events) expect(names).toContain(event);
  });
});
