import './styles/tokens.css';
import './styles/base.css';
import './styles/shell.css';
import './styles/parts.css';
import './styles/board.css';
import './styles/columns.css';
import './styles/plot.css';
import './styles/home.css';
import './styles/evaluation.css';
import './styles/wall.css';
import './styles/task.css';
import './styles/difference.css';
import './styles/protocol.css';
import './styles/submit.css';
import './styles/model.css';
import './styles/compare.css';
import './styles/reading.css';
import { render } from 'preact';
import { App } from './shell/App';

// Its address is relative to the page that was asked for, and browsers resolve it anew when the address changes.
const icon = document.querySelector<HTMLLinkElement>('link[rel="icon"]');
icon?.setAttribute('href', icon.href);

const room = document.getElementById('app');
if (room) render(<App />, room);
