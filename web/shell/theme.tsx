import { ConfigProvider, theme } from 'antd';
import chinese from 'antd/locale/zh_CN';
import type { ReactNode } from 'react';
import { usePreferences } from './preferences.ts';

/** Ant Design in Chinese, as large and as dark as the person wants it; the colours keep the contrast of WCAG 2.2 AA. */
export function Theme({ children }: { readonly children: ReactNode }) {
  const { large, dark } = usePreferences();
  const colours = dark ? { colorPrimary: '#3b7fd0', colorLink: '#7db6f2' } : { colorPrimary: '#0b5cad', colorLink: '#0b5cad', colorTextSecondary: '#4b5b6b', colorTextDescription: '#4b5b6b', colorTextPlaceholder: '#66717d', colorError: '#b42318' };
  return (
    <ConfigProvider
      locale={chinese}
      button={{ autoInsertSpace: false }}
      theme={{
        algorithm: dark ? theme.darkAlgorithm : theme.defaultAlgorithm,
        token: { ...colours, fontSize: large ? 18 : 15, controlHeight: large ? 44 : 36, borderRadius: 4, fontFamily: 'system-ui,"Noto Sans CJK SC","Source Han Sans SC","Microsoft YaHei",sans-serif' },
      }}
    >
      {children}
    </ConfigProvider>
  );
}
