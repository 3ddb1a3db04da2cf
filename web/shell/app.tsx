import { useEffect, useState } from 'react';
import { RouterProvider } from 'react-router';
import { router } from '../router.tsx';
import { loadLanguage } from '../words/language.ts';
import { usePreferences } from './preferences.ts';

/** All pages; a change of the language shows them anew, once its words are there. What was typed is kept on this machine. */
export function App() {
  const { english } = usePreferences();
  const [shown, setShown] = useState(english);
  useEffect(() => void loadLanguage().then(() => setShown(english)), [english]);
  return <RouterProvider key={shown ? 'en' : 'zh'} router={router} />;
}
