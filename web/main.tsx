import { QueryClientProvider } from '@tanstack/react-query';
import { createRoot } from 'react-dom/client';
import { queryClient } from './api/queries.ts';
import { App } from './shell/app.tsx';
import { Theme } from './shell/theme.tsx';
import { loadLanguage } from './words/language.ts';
import './style.css';

const root = document.querySelector('#root');
if (!root) throw new Error('the page has no #root');
await loadLanguage();
createRoot(root).render(
  <Theme>
    <QueryClientProvider client={queryClient}>
      <App />
    </QueryClientProvider>
  </Theme>,
);
