import type { Permission } from '@/server/authorization/permissions';
import type { FoundKind } from '@/server/domain/found-things';
import type { FoundAct, Language } from './schema';

/** The newest statement of a doctor, or the statement itself. */
export type FoundStatement = { id: string; month: string; sealed: boolean; published: boolean; linked: boolean };
/** What of a row decides on its acts. */
export type ActsRow = {
  kind: FoundKind;
  id: string;
  patientId?: string | null;
  /** Something of the order is owed. */
  owes?: boolean;
  statement?: FoundStatement | null;
};

type Asker = { may: (permission: Permission) => boolean; language: Language };

const actsIf = (condition: boolean, act: FoundAct): FoundAct[] => (condition ? [act] : []);

function linkActs({ id, month, published, linked }: FoundStatement, { may }: Asker): FoundAct[] {
  if (!published || !may('statement.publish')) return [];
  const href = `/statements/${month}/${id}?link=`;
  return [{ act: 'sendLink', href: `${href}replace` }, ...actsIf(linked, { act: 'revokeLink', href: `${href}revoke` })];
}

/** What a person may do with something found, the likeliest first. */
export function actsOn(row: ActsRow, asker: Asker): FoundAct[] {
  const { id, kind, statement } = row;
  const { may, language } = asker;
  const address = statement ? `/statements/${statement.month}/${statement.id}` : '';
  switch (kind) {
    case 'patients':
      return [
        { act: 'open', href: `/patients/${id}` },
        ...actsIf(may('pos.sell'), { act: 'sell', href: `/pos?patient=${id}` }),
        ...actsIf(may('order.read'), { act: 'orders', href: `/patients/${id}#orders` }),
      ];
    case 'orders':
      return [
        { act: 'open', href: `/orders/${id}` },
        ...actsIf(row.owes === true && may('pos.sell'), { act: 'balance', href: `/pos?balance=${id}` }),
        ...actsIf(may('document.read'), {
          act: 'receipt',
          href: `/orders/${id}/receipt?language=${language}`,
          document: true,
        }),
        ...actsIf(may('patient.read'), { act: 'patient', href: `/patients/${row.patientId}` }),
      ];
    case 'doctors':
      return [
        { act: 'open', href: `/doctors/${id}` },
        ...(statement ? [{ act: 'statement' as const, href: address }, ...linkActs(statement, asker)] : []),
      ];
    case 'statements':
      return [
        { act: 'open', href: address },
        ...actsIf((statement?.sealed ?? false) && may('document.read'), {
          act: 'pdf',
          href: `/api/documents/of/statement/${id}?lang=${language}`,
          document: true,
        }),
        ...(statement ? linkActs(statement, asker) : []),
      ];
    default:
      return [{ act: 'open', href: `/${kind}/${id}` }];
  }
}
