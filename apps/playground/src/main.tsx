import { render } from 'preact';
import { Page } from './page.tsx';
import './style/base.css';
import './style/controls.css';

const root = document.getElementById('page');
if (root) render(<Page />, root);
