"""Markup that tries to run or fetch something, by family.

Families after OWASP's XSS Filter Evasion Cheat Sheet and the mutation-XSS literature (Heiderich et al.
2013, "mXSS attacks"; Bentkowski 2020 on namespaces). RUN stands for a script, OUT for somebody else's
address.
"""

RUN = "window.hit=1"
OUT = "http://127.0.0.1:{port}/hit"
PIXEL = "data:image/png;base64,iVBORw0KGgo="

HTML = {
    "plain": [
        "<script>RUN</script>",
        "<SCRIPT SRC=OUT></SCRIPT>",
        "<script/x>RUN</script\t>",
        "<<script>RUN//<</script>",
        "<scr<script>ipt>RUN</scr</script>ipt>",
        "</title><script>RUN</script>",
        "</textarea><script>RUN</script>",
        '\\"><script>RUN</script>',
        "<body onload=RUN>",
        "<input autofocus onfocus=RUN>",
        "<details open ontoggle=RUN>x</details>",
        "<video><source onerror=RUN></video>",
        "<audio src onloadstart=RUN></audio>",
        "<marquee onstart=RUN>x</marquee>",
        "<div onpointerenter=RUN style=width:100%;height:100%>x</div>",
        "<p style=animation-name:x onanimationstart=RUN>x</p>",
    ],
    "hidden from a reader": [
        f'<img src="{PIXEL}" alt="<!-- " onerror="RUN" title=" -->">',
        f'<img src="{PIXEL}" alt="`" onerror="RUN">',
        f"<img/src='{PIXEL}'/onerror=RUN>",
        f'<img src="{PIXEL}"onerror=RUN>',
        f"<img src={PIXEL} onerror\x0c=RUN>",
        f'<img alt="a"b" src="{PIXEL}" onerror=RUN>',
        "<p title='-->' onclick='RUN' onpointerenter='RUN'>x</p>",
        "<!--><img src=x onerror=RUN>-->",
        "<!--><!--x--!><img src=x onerror=RUN>",
        "<?xml ><img src=x onerror=RUN> ?>",
        "<![CDATA[<img src=x onerror=RUN>]]>",
        "<a title='<!--' href='#x'>x</a><img src=x onerror=RUN><!-- '>x",
        '<p id="\x00"><img\x00 src=x onerror=RUN></p>',
    ],
    "addresses": [
        "<a href='javascript:RUN'>x</a>",
        "<a href='jav&#x09;ascript:RUN'>x</a>",
        "<a href='&#1;javascript:RUN'>x</a>",
        "<a href='data:text/html,<script>RUN</script>'>x</a>",
        "<a href='//127.0.0.1:{port}/hit' ping='OUT'>x</a>",
        "<img src=OUT alt=x>",
        f"<img src='{PIXEL}' srcset='OUT 1x' alt=x>",
        "<picture><source srcset=OUT><img alt=x></picture>",
        '<img alt=x src=\'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" onload="RUN"/>\'>',
        '<img alt=x src=\'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg">'
        '<image href="OUT"/></svg>\'>',
        "<table background=OUT><tr><td background=OUT>x</td></tr></table>",
        "<link rel=stylesheet href=OUT>",
        "<link rel=preload as=image href=OUT>",
        "<base href=OUT>",
        "<iframe src=OUT></iframe>",
        "<iframe srcdoc='<script>parent.hit=1</script>'></iframe>",
        "<object data=OUT></object>",
        "<embed src=OUT>",
        "<form action=OUT><button>x</button></form>",
        "<video poster=OUT src=OUT autoplay></video>",
        "<img alt=x data-src=OUT>",
        "<p data-background-image=OUT data-preview-image=OUT>x</p>",
        "<section data-background-iframe=OUT>x</section>",
        "<a href='#x' data-preview-link=OUT>x</a>",
        "<blockquote cite=OUT>x</blockquote><q cite=OUT>x</q>",
    ],
    "styles": [
        "<p style='background:url(OUT)'>x</p>",
        "<p style='background:u\\72l(OUT)'>x</p>",
        "<p style=\"background:image-set('OUT' 1x)\">x</p>",
        "<p style='background:/**/url(/**/OUT)'>x</p>",
        "<p style='--a:url(OUT);background:var(--a)'>x</p>",
        "<p style='list-style:url(OUT)'>x</p>",
        "<p style='position:fixed;inset:0;z-index:99'>x</p>",
        "<style>*{background:url(OUT)}</style>",
        "<style>@import 'OUT';h2{display:none}</style>",
    ],
    "out of the slide": [
        "</section></section></div></div></main>",
        "</div></div></section><section>one slide more",
        "<a href='https://example.org/'>x",
        "<s>x",
        "<table><tr><td>x",
        "<h2><b><i><u>x",
        "</aside></section>",
        "<plaintext>x",
        "<xmp>x",
        "<textarea>x",
        "<!-- x",
        "<template><p>x",
        "<select><option>x",
        "<frameset>",
    ],
    "mutations": [
        "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=RUN&gt;'>",
        "<form><math><mtext></form><form><mglyph><style></math><img src=x onerror=RUN>",
        "<svg></p><style><a id='</style><img src=1 onerror=RUN>'>",
        "<math><annotation-xml encoding='text/html'><style><img src=x onerror=RUN></style>"
        "</annotation-xml></math>",
        "<noscript><p title='</noscript><img src=x onerror=RUN>'>",
        "<svg><desc><table><svg><style><img title='</style><img src=x onerror=RUN>'>"
        "</svg></table></desc></svg>",
        "<p><svg><title><p title='</title><img src=x onerror=RUN>'></title></svg></p>",
        "<listing>&lt;img src=x onerror=RUN&gt;</listing>",
        "<select><iframe></select><img src=x onerror=RUN>",
        "<div><a><table><a></a></table></a><img src=x onerror=RUN></div>",
        "<b><table><b><img src=x onerror=RUN></table>",
        "<svg><foreignObject><iframe srcdoc='<script>parent.hit=1</script>'></foreignObject></svg>",
        "<math href='javascript:RUN'>x</math>",
        "<kbd id=live-parts>{}</kbd><data id=Reveal>x</data>",
    ],
}

SVG = [
    "<script>RUN</script>",
    "<script href='OUT'/>",
    "<g onload='RUN'/>",
    "<rect width='9' height='9' onpointerenter='RUN'/>",
    "<animate attributeName='x' onbegin='RUN'/>",
    "<set attributeName='href' to='javascript:RUN'/>",
    "<a href='javascript:RUN'><text>x</text></a>",
    "<image href='OUT'/>",
    "<desc><image srcset='OUT 1x'/></desc>",
    "<image href='data:image/svg+xml,x'/>",
    "<use href='OUT#a'/>",
    "<use href='data:image/svg+xml;base64,PHN2Zy8+#a'/>",
    "<feImage href='OUT'/>",
    "<g data-preview-image='OUT'><rect width='9' height='9'/></g>",
    "<g src='OUT' data-src='OUT' srcset='OUT'/>",
    "<style>.q{fill:&#117;rl(OUT)}</style>",
    "<style>&#64;import 'OUT';</style>",
    "<style>h1, h2 { display: none }</style>",
    "<style>*{fill: url(OUT)}</style>",
    "<rect width='9' height='9' style='fill:url(OUT#a)'/>",
    "<rect width='9' height='9' fill='url(OUT#a)'/>",
    "<rect width='9' height='9' mask='url(OUT#a)' filter='url(OUT#a)'/>",
    "<rect width='9' height='9' style='mask:\\75rl(OUT#a)'/>",
    "<rect width='9' height='9' cursor='url(OUT)'/>",
    "<foreignObject><body xmlns='http://www.w3.org/1999/xhtml' onload='RUN'/></foreignObject>",
    "<handler xmlns='http://www.w3.org/2001/xml-events' type='text/javascript'>RUN</handler>",
    "<title>&lt;img src=x onerror=RUN&gt;</title>",
    "<desc>&lt;/svg&gt;&lt;img src=x onerror=RUN&gt;</desc>",
    "<title></title></svg><img src='x' onerror='RUN'/><svg>",
    "<text>]]&gt;&lt;/section&gt;</text>",
    "<text><![CDATA[</svg></section><img src=x onerror=RUN>]]></text>",
]


def filled(vector, port):
    """A vector with its script and its address."""
    return vector.replace("RUN", RUN).replace("OUT", OUT).replace("{port}", str(port))


def html(port):
    """Every vector of HTML: (family, markup) each."""
    return [(family, filled(each, port)) for family, found in HTML.items() for each in found]


def svg(port):
    """Every vector inside an SVG."""
    head = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'"
    whole = [f"{head}>{each}</svg>" for each in SVG]
    whole += [f"{head} onload='RUN'/>", f"{head} style='position:fixed;inset:0'/>"]
    whole += [f'<!DOCTYPE svg [<!ENTITY x "<script>RUN</script>">]>{head}>&x;</svg>']
    return [filled(each, port) for each in whole]
