import { useInfiniteQuery } from '@tanstack/react-query';
import { Stethoscope } from 'lucide-react';
import { useSearchParams } from 'next/navigation';
import { useTRPC } from '@/components/api/trpc';
import { doctorPage } from '@/components/doctors/doctor-filters';
import { ListScreen } from '@/components/kit/list/list-screen';
import type { SavedView } from '@/server/modules/core/lists/schema';
import { serverAnswers } from '../server-answers';

export const doctor = (at: number) => ({
  id: `id-${at}`,
  code: `BS${at}`,
  name: `Bác sĩ ${at}`,
  phone: null,
  email: null,
  plan: null,
  taxRate: '10',
  active: true,
});

export function Doctors({ bulk }: { bulk?: (names: string[]) => void }) {
  const asked = doctorPage(Object.fromEntries(useSearchParams()));
  const list = useInfiniteQuery(
    useTRPC().doctors.list.infiniteQueryOptions(asked, { getNextPageParam: (last) => last.nextCursor }),
  );
  return (
    <ListScreen
      list={list}
      definition={{
        name: 'doctors',
        title: 'Bác sĩ',
        asked,
        order: 'code',
        columns: [
          { id: 'name', header: 'Tên', cell: (row) => row.name, sortable: true },
          { id: 'code', header: 'Mã', cell: (row) => row.code, sortable: true },
          { id: 'email', header: 'Thư', cell: (row) => row.email, hidden: true },
        ],
        beside: ['name'],
        rowKey: (row) => row.id,
        rowLabel: (row) => row.name,
        search: { label: 'Tìm bác sĩ' },
        filters: [
          { kind: 'choice', param: 'state', label: 'Trạng thái', options: [{ value: 'active', label: 'Đang làm' }] },
        ],
        icon: Stethoscope,
        none: {
          all: { title: 'Chưa có', text: 'Nạp từ tệp.' },
          filtered: { title: 'Không khớp', text: 'Đổi bộ lọc.' },
        },
        panelParams: ['tab'],
        openWith: () => ({ tab: 'rules' }),
        panel: (id, onClose) => (
          <button type="button" onClick={onClose}>
            Đóng {id}
          </button>
        ),
        bulk: (rows, clear) => (
          <button
            type="button"
            onClick={() => {
              bulk?.(rows.map((row) => row.name));
              clear();
            }}
          >
            Làm cả loạt
          </button>
        ),
      }}
    />
  );
}

export const view = (parts: Partial<SavedView>): SavedView => ({
  ...{ id: 'v1', name: 'Theo tên', shared: false, own: true, ownerName: 'Lan' },
  ...{ query: 'q=mai&sort=-name', layout: { order: ['name', 'email', 'code'], shown: { email: true } } },
  ...parts,
});

export const answers = (views: SavedView[] = []) => {
  const sent = serverAnswers({
    'doctors.list': () => ({ rows: [doctor(1), doctor(2)], nextCursor: null }),
    'savedViews.list': () => views,
    'savedViews.save': () => ({ id: 'v2' }),
    'savedViews.remove': () => null,
  });
  return sent;
};
