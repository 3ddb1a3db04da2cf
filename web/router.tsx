import { createBrowserRouter, type RouteObject } from 'react-router';
import { NeedSession } from './session/need-session.tsx';
import { SignedInPage } from './session/signed-in-page.tsx';
import { FailedPage, MissingPage } from './shell/failed-page.tsx';
import { Layout } from './shell/layout.tsx';

/** A page for who is signed in, loaded when it is opened. */
const own = (path: string, load: () => Promise<React.ComponentType>): RouteObject => ({
  path,
  errorElement: <FailedPage />,
  lazy: async () => {
    const Component = await load();
    return { element: <NeedSession><Component /></NeedSession> };
  },
});

/** A page for anybody. */
const open = (path: string, load: () => Promise<React.ComponentType>): RouteObject => ({ path, errorElement: <FailedPage />, lazy: async () => ({ Component: await load() }) });

const deskPage = () => import('./desk/desk-page.tsx').then((module) => module.DeskPage);
const listPage = () => import('./pages/list-page.tsx').then((module) => module.ListPage);
const casePage = () => import('./case/case-page.tsx').then((module) => module.CasePage);
const filingPage = () => import('./filing/filing-page.tsx').then((module) => module.FilingPage);

// The site's own address is the console's, too.
if (location.pathname === '/') history.replaceState(null, '', '/console');

/** Every address of the console and the page that answers it; `paths.ts` builds them. */
export const router = createBrowserRouter(
  [
    {
      element: <Layout />,
      errorElement: <FailedPage />,
      HydrateFallback: () => null,
      children: [
        ...['/', '/done', '/mine'].map((path) => own(path, deskPage)),
        { path: '/signed-in', Component: SignedInPage },
        own('/notices', () => import('./notices/notices-page.tsx').then((module) => module.NoticesPage)),
        own('/compare', () => import('./compare/compare-page.tsx').then((module) => module.ComparePage)),
        own('/bulk', () => import('./bulk/bulk-page.tsx').then((module) => module.BulkPage)),
        own('/accounts', () => import('./accounts/accounts-page.tsx').then((module) => module.AccountsPage)),
        own('/meetings', () => import('./meetings/meetings-page.tsx').then((module) => module.MeetingsPage)),
        ...['scenarios', 'batches', 'recoveries', 'lists', 'funds'].flatMap((collection) => [own(`/${collection}`, listPage), own(`/${collection}/:id/:tab?`, casePage)]),
        own('/unit-profile', () => import('./filing/profile-page.tsx').then((module) => module.ProfilePage)),
        own('/filing/copy', () => import('./filing/copy-page.tsx').then((module) => module.CopyPage)),
        own('/batches/:id/correct', () => import('./batches/correct-page.tsx').then((module) => module.CorrectPage)),
        own('/rehearsals', () => import('./batches/rehearsals-page.tsx').then((module) => module.RehearsalsPage)),
        own('/rehearsals/:id', () => import('./batches/rehearsal-page.tsx').then((module) => module.RehearsalPage)),
        own('/money', () => import('./money/money-page.tsx').then((module) => module.MoneyPage)),
        own('/stand-ins', () => import('./stand-ins/stand-ins-page.tsx').then((module) => module.StandInsPage)),
        own('/what-if', () => import('./what-if/what-if-page.tsx').then((module) => module.WhatIfPage)),
        own('/filing/new', () => import('./filing/new-page.tsx').then((module) => module.NewPage)),
        own('/filing/:id/:page?', filingPage),
        open('/library', () => import('./public/library-page.tsx').then((module) => module.LibraryPage)),
        open('/library/:id', () => import('./public/library-case-page.tsx').then((module) => module.LibraryCasePage)),
        own('/figures', () => import('./figures/figures-page.tsx').then((module) => module.FiguresPage)),
        own('/reuse', () => import('./figures/reuse-page.tsx').then((module) => module.ReusePage)),
        own('/evaluations', () => import('./evaluations/evaluations-page.tsx').then((module) => module.EvaluationsPage)),
        own('/demand-board', () => import('./demands/board-page.tsx').then((module) => module.BoardPage)),
        open('/search', () => import('./public/search-page.tsx').then((module) => module.SearchPage)),
        open('/published', () => import('./public/published-page.tsx').then((module) => module.PublishedPage)),
        open('/published/:half', () => import('./public/batch-page.tsx').then((module) => module.BatchPage)),
        open('/verify/:code?', () => import('./public/verify-page.tsx').then((module) => module.VerifyPage)),
        open('/rules', () => import('./public/rules-page.tsx').then((module) => module.RulesPage)),
        own('/demands', listPage),
        own('/demands/:id/:tab?', casePage),
        { path: '*', Component: MissingPage },
      ],
    },
  ],
  { basename: '/console' },
);
