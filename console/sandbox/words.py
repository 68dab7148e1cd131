"""The words that invented people are made of: names, trades, companies, remarks."""

from __future__ import annotations


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((entry.split(":")[0], entry.split(":")[1]) for entry in text.split())


def _triples(text: str) -> tuple[tuple[str, str, str], ...]:
    return tuple((entry.split(":")[0], entry.split(":")[1], entry.split(":")[2]) for entry in text.split())


SURNAMES = _pairs(
    "王:wang 李:li 张:zhang 刘:liu 陈:chen 杨:yang 黄:huang 赵:zhao 吴:wu 周:zhou 徐:xu 孙:sun 马:ma "
    "朱:zhu 胡:hu 郭:guo 何:he 高:gao 林:lin 罗:luo 郑:zheng 梁:liang 谢:xie 宋:song 唐:tang 许:xu "
    "韩:han 冯:feng 邓:deng 曹:cao 彭:peng 曾:zeng 萧:xiao 田:tian 董:dong 潘:pan 袁:yuan 蔡:cai "
    "蒋:jiang 余:yu 于:yu 杜:du 叶:ye 程:cheng 苏:su 魏:wei 吕:lv 丁:ding 任:ren 沈:shen 姚:yao 卢:lu "
    "姜:jiang 崔:cui 钟:zhong 谭:tan 陆:lu 汪:wang 范:fan 金:jin 石:shi 廖:liao 贾:jia 夏:xia"
)
"""A name and its pinyin."""
GIVEN = _pairs(
    "伟:wei 芳:fang 静:jing 敏:min 磊:lei 洋:yang 艳:yan 勇:yong 杰:jie 娟:juan 涛:tao 明:ming 超:chao "
    "霞:xia 平:ping 刚:gang 桂英:guiying 建国:jianguo 建华:jianhua 志强:zhiqiang 秀兰:xiulan 海燕:haiyan "
    "晓东:xiaodong 丽华:lihua 子涵:zihan 雨桐:yutong 浩然:haoran 欣怡:xinyi 思远:siyuan 梦瑶:mengyao "
    "俊杰:junjie 嘉怡:jiayi 文博:wenbo 婷婷:tingting 晓燕:xiaoyan 立新:lixin 国庆:guoqing 春梅:chunmei "
    "玉兰:yulan 一鸣:yiming"
)
"""A name and its pinyin."""
NICKNAMES = _words(
    "平安是福 岁月静好 阳光总在风雨后 一米阳光 小幸运 向日葵 云淡风轻 柠檬不酸 大橘为重 豆豆妈妈 "
    "糖糖爸爸 果果 可乐加冰 夏天的风 静水流深 知足常乐 花开富贵 追梦人 半糖 南风 橙子 阿杰 小鱼儿 木子 "
    "安然 晨曦 Lily Jason Vivian 阿May Tony Coco 麦子 年年有余 老地方 努力赚钱养猫 雨后彩虹"
)
EMOJI = ("🌹", "🍀", "☀️", "💪", "🐱", "🎈")
TRADES = _words("瓷砖 门窗 橱柜 地板 灯饰 定制家具 水电 软装 童装 母婴 烘焙 茶叶 口腔 推拿 英语 舞蹈 琴行 书法")
COMPANIES = _triples(
    "恒信物业:杭州恒信物业服务有限公司:物业主任 盛世软装:上海盛世软装设计有限公司:设计总监 "
    "仁和口腔:杭州仁和口腔门诊部有限公司:口腔医师 启明教育:启明教育科技（杭州）有限公司:校区校长 "
    "拾光设计:拾光空间设计事务所:主案设计师 远洋地产:远洋地产集团股份有限公司:采购经理 "
    "中建监理:中建工程监理有限公司:总监理工程师 佳美超市:佳美连锁超市有限公司:区域店长 "
    "春雨诊所:春雨中医诊所有限公司:主治医师 小白杨艺术:小白杨艺术培训有限公司:教务主管 "
    "绿源建材:绿源建材市场管理有限公司:招商经理 万家便利:万家便利连锁有限公司:采购专员 "
    "安居装饰:安居装饰工程有限公司:项目经理 康宁体检:康宁健康体检中心有限公司:市场专员 "
    "童心幼儿园:童心幼教管理有限公司:园长 百味餐饮:百味餐饮管理有限公司:门店经理"
)
"""Short name, full name, and what the customer is there."""
REMARK_COMPANIES = _words(
    "陈记建材 城建三局 市二院 启明教育 仁和口腔 盛世软装 恒信物业 佳美超市 阳光幼儿园 老街茶行 宏达五金 "
    "便民诊所 金色年华培训 悦享烘焙 大润母婴 蓝天汽修 同心药房 新华书店旁"
)
TITLES = _words("总 老板 姐 哥 阿姨 医生 校长 老师 经理 工 师傅 主任 店长 女士 先生 同学")
ESTATES = _words("翠苑 滨江府 阳光里 未来城 桂花园 江南一品 学府壹号 御景湾 西溪小区 湖畔")
NOTES = _words("一期 二期 复购 老客 介绍来的 装修群 家长群 展会 团购 已签 待量房 会员")
DESCRIPTIONS = (
    "预算十五万左右，想年前入住",
    "两个孩子，周末上午才有空",
    "采购对接人，报价先发邮件",
    "对甲醛很在意，只看环保材料",
    "复诊提醒前一天发",
    "不要打电话，微信留言",
    "老客户介绍，已给九五折",
    "续费到明年六月，关心英语班",
    "要发票，抬头另发",
    "下午三点后联系",
    "小区团购群主，能带五六户",
    "对价格敏感，等双十二",
    "种植牙咨询过两次，还在比较",
    "店面 80 平，要重做门头",
    "备注手机是她先生的",
    "门店自提，工作日晚上来",
    "去年做过全屋定制，今年换地板",
)
STATES = _words("expo2024 store-wulin mini-home live-0918 group-buy card-a link-spring")
CHANNELS = _words("禾木装饰 禾木生活家 禾木课堂")
PERSONAL_TAGS = _words("爱喝茶 讲价 介绍人 好说话 回复慢 晚上联系 同城 养猫 老乡 常来店里")
DEPARTMENTS = _words("门店一部 门店二部 装修事业部 教育合作部 诊所合作部 客服中心")
JOBS = _words("客户经理 资深顾问 店长 设计顾问 客服专员 销售主管")
ROOMS = _words("业主交流群 装修避坑群 周末亲子活动群 口腔健康讲堂 新店团购群 老客户福利群")
