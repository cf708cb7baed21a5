// Streamlit's own texts in Chinese: it has no catalogue, so what it writes on the page is translated where it stands.
(() => {
  const words = {
    "Upload": "上传", "file upload": "选择文件", "Browse files": "选择文件", "Drag and drop file here": "将文件拖到此处", "Drag and drop files here": "将文件拖到此处",
    "Take Photo": "拍照", "Clear photo": "清除照片", "This app would like to use your camera.": "本页面需要使用摄像头。",
    "Learn how to allow access.": "如何允许使用", "Switch camera": "切换摄像头", "Choose an option": "请选择", "Choose options": "请选择",
    "Choose an option or add a new one": "请选择或新增", "No results": "无匹配项", "No options to select.": "没有可选项", "No options to select": "没有可选项",
    "Select all": "全选", "Press Enter to apply": "按回车确认", "Press Enter to submit form": "按回车提交", "Press ⌘+Enter to apply": "按 ⌘+回车确认",
    "Press Ctrl+Enter to apply": "按 Ctrl+回车确认", "Press Ctrl+Enter to submit form": "按 Ctrl+回车提交", "Press ⌘+Enter to submit form": "按 ⌘+回车提交",
    "Please fill out this field.": "请填写此项。", "(required)": "（必填）", "Search": "搜索", "Download as CSV": "下载 CSV", "Download": "下载",
    "Fullscreen": "全屏", "Close fullscreen": "退出全屏", "Exit fullscreen": "退出全屏", "Show/hide columns": "显示或隐藏列", "Add row": "新增一行",
    "Delete row(s)": "删除所选行", "Clear selection": "清除选择", "Sort ascending": "升序", "Sort descending": "降序", "Format": "格式",
    "Autosize": "自动列宽", "Pin column": "固定列", "Unpin column": "取消固定", "Hide column": "隐藏列", "Statistics": "统计",
    "Page not found": "找不到页面", "You have requested page": "您要打开的页面", "but no corresponding file was found in the app.": "不存在。",
    "Running the app's main page.": "已打开首页。", "File change.": "程序已更新。", "Rerun": "重新运行", "Always rerun": "总是重新运行", "Stop": "停止",
    "Connection error": "连接中断", "Connecting": "正在连接", "CONNECTING": "正在连接", "Is Streamlit still running?": "服务是否仍在运行？", "Running...": "处理中…",
    "Running": "处理中", "Please wait...": "请稍候…", "Settings": "设置", "Appearance": "外观", "Print": "打印", "Record a screencast": "录制屏幕",
    "Record screen": "录制屏幕", "About": "关于", "Clear cache": "清除缓存", "Theme": "主题", "System": "跟随系统", "Use system setting": "跟随系统", "Light": "浅色", "Dark": "深色",
    "Wide mode": "宽屏", "Close": "关闭", "Cancel": "取消", "Open": "打开", "Main menu": "主菜单", "Close sidebar": "收起菜单", "Open sidebar": "展开菜单",
    "Collapse sidebar": "收起菜单", "Expand sidebar": "展开菜单", "View more": "更多", "View less": "收起", "Show more": "更多", "Show less": "收起", "Copy to clipboard": "复制", "Copied": "已复制",
    "Record": "录音", "Stop recording": "停止录音", "Clear recording": "清除录音", "Record again": "重新录音", "Show password text": "显示密码",
    "Hide password text": "隐藏密码", "Clear value": "清空", "Clear all": "全部清除", "Clear": "清空", "Remove": "移除", "Previous page": "上一页", "Next page": "下一页",
    "Increment": "增加", "Decrement": "减少", "Help": "帮助", "Dismiss": "关闭", "Delete": "删除", "Open menu": "打开菜单", "Select a date.": "选择日期", "Calendar": "日历",
    "Previous month": "上个月", "Next month": "下个月", "Oh no.": "出错了", "App pages": "页面", "Sidebar": "侧边栏", "Logo": "标志", "Choose date": "选择日期", "Navigate to home page": "回到首页",
    "Skip to main content": "跳到正文", "Show password": "显示密码", "Hide password": "隐藏密码", "yyyy": "年", "mm": "月", "dd": "日", "Error": "出错", "An error occurred": "页面出错", "Error running app": "页面出错", "Not Found": "未找到",
  };
  const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
  const shapes = [
    [/^[a-z0-9_]+ icon$/, () => "图标"],
    [/^Help for (.+?) ?\*?$/, (_, label) => `${label}的说明`],
    [/^Download as PNG: ([^]+)$/, (_, label) => `下载图片：${label}`],
    [/^Fullscreen: ([^]+)$/, (_, label) => `全屏：${label}`],
    [/^(year|month|day), (.+?) ?\*?$/, (_, part, label) => `${label}，${{ year: "年", month: "月", day: "日" }[part]}`],
    [/^Selected Date: (\w+) (\d+), (\d+)$/, (_, month, day, year) => `已选日期：${year}年${MONTHS.indexOf(month) + 1}月${day}日`],
    [/^(\d+(?:\.\d+)?)\s?([KMG]B) per file(?: • (.+))?$/, (_, size, unit, kinds) => `单个文件不超过 ${size} ${unit}${kinds ? ` · ${kinds}` : ""}`],
    [/^Limit (\d+)\s?([KMG]B) per file(?: • (.+))?$/, (_, size, unit, kinds) => `单个文件不超过 ${size} ${unit}${kinds ? ` · ${kinds}` : ""}`],
    [/^(\d+)\/(\d+)$/, (whole) => whole],
    [/^Selected (.+?)\. (.+?)\. Press the down key.*$/, (_, one) => `已选 ${one}`],
    [/^Selected (.+?)\. (.+)$/, (_, one, label) => `已选 ${one}，${label}`],
    [/^Selected date is (.+?)\..*$/, (_, day) => `已选日期 ${day}`],
    [/^No results match.*$/, () => "无匹配项"],
    [/^The page that you have requested does not seem to exist.*$/s, () => "没有这个页面，已打开首页。"],
    [/^Loading (.*)$/, () => "加载中…"],
    [/^This (?:app|script) has encountered an error\..*$/s, () => "页面出错，请返回重试；若仍然出错，请联系系统管理员。"],
    [/^File must be (.+) or smaller\.$/, (_, size) => `文件不能超过 ${size}`],
    [/^(.+) files are not allowed\.$/, (_, kind) => `不支持 ${kind} 文件`],
  ];
  const ATTRIBUTES = ["placeholder", "aria-label", "title", "alt"];
  const said = (text) => {
    const bare = text.trim();
    if (!bare || !/[A-Za-z]/.test(bare)) return null;
    if (Object.hasOwn(words, bare)) return text.replace(bare, words[bare]);
    for (const [shape, speak] of shapes) if (shape.test(bare)) return text.replace(bare, bare.replace(shape, speak));
    return null;
  };
  const text = (node) => {
    if (!node.parentElement?.matches("[role=spinbutton]") && node.parentElement?.closest("input, textarea, [contenteditable], pre, code, [data-lg-own]")) return;
    const chinese = said(node.data);
    if (chinese !== null && chinese !== node.data) node.data = chinese;
  };
  const element = (node) => {
    for (const name of ATTRIBUTES) {
      const value = node.getAttribute?.(name);
      const chinese = value && said(value);
      if (chinese && chinese !== value) node.setAttribute(name, chinese);
    }
  };
  const walk = (root) => {
    if (root.nodeType === Node.TEXT_NODE) return text(root);
    if (root.nodeType !== Node.ELEMENT_NODE) return;
    element(root);
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    while (walker.nextNode()) (walker.currentNode.nodeType === Node.TEXT_NODE ? text : element)(walker.currentNode);
  };
  new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(walk);
      else if (change.type === "characterData") text(change.target);
      else element(change.target);
    }
  }).observe(document.documentElement, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ATTRIBUTES });
  walk(document.documentElement);
})();
