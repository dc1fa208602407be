'use client';

import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { Tabs as AriaTabs, Tab, TabList, TabPanel } from 'react-aria-components/Tabs';

export interface TabItem {
  id: string;
  label: string;
  /** Shown beside the label: how much waits there. */
  count?: number;
  /** Leave out for tabs that are links. */
  content?: ReactNode;
  /** Makes the tab a link of its own address. */
  href?: string;
  disabled?: boolean;
}

export interface TabsProps {
  label: string;
  tabs: readonly TabItem[];
  selected?: string;
  defaultSelected?: string;
  onChange?: (id: string) => void;
  className?: string;
}

export function Tabs({ label, tabs, selected, defaultSelected, onChange, className }: TabsProps) {
  return (
    <AriaTabs
      selectedKey={selected}
      defaultSelectedKey={defaultSelected}
      onSelectionChange={onChange && ((key) => onChange(String(key)))}
      className={clsx('flex min-w-0 flex-col', className)}
    >
      <TabList aria-label={label} className="flex gap-5 overflow-x-auto border-b">
        {tabs.map((tab) => (
          <Tab
            key={tab.id}
            id={tab.id}
            href={tab.href}
            isDisabled={tab.disabled}
            className="-mb-px flex h-(--control-h) shrink-0 items-center gap-2 border-b-2 border-transparent text-control font-medium text-ink-2 -outline-offset-2 data-hovered:text-ink data-selected:border-accent data-selected:text-ink data-disabled:text-ink-3"
          >
            {tab.label}
            {tab.count !== undefined && (
              <span className="tabular rounded-full bg-hover px-1.5 text-xs text-ink-2">{tab.count}</span>
            )}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className="min-w-0 pt-4">
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  );
}
