package answer

import (
	"strings"
)

var joiningEnglish = wordSet(`the a an of and or nor but to in on at by for from with about into onto over under after before as is are was
	were be been being am do does did doing has have had having what which who whom whose when where why how this these those
	that it its itself they them their theirs themselves he his him himself she her hers herself we our us you your i my me there here not no than then
	also so such if will would could should can may might must shall s t d ll ve re up out off down upon per via both either
	neither while though although because since until unless however yet only just even very too more most less least much many any
	some all each every same own own other another one once well like during through throughout toward towards within without
	against between among amid along across behind beyond despite according including whether thus hence therefore already still
	ever never again further thereby whereby rather instead due time times mr mrs ms dr new said says say way part far ago
	around near close later later day days now`)

var joiningVietnamese = wordSet(`ông bà anh chị sự cuộc việc vụ các những một cách thì mà bản phía bên nước người đó này kia ấy
	hồi hôm ngày tháng năm lúc đợt số tờ chiếc quả viên cái con vị viên nhau chính đang đã sẽ được bị tuy nhiên mặc dù dẫu dù ngược thêm nữa nhờ bởi gồm như so khuôn khổ lẫn cùng lý
	trường hợp thứ vậy thay vào đối với nước lại càng song do đó nói chung hẳn giữa`)

// light words say so little by themselves that a sentence need not have them:
// they say that somebody says, does or has what the words behind them name.
var light = func() map[string]bool {
	set := map[string]bool{}
	for phrase := range strings.SplitSeq(`đồng cấp,người đồng cấp,counterpart,nhà lãnh đạo,leader,leaders,trái lại,ngược lại,muốn,want,wants,wanted,vừa,nếu,cho thấy,nhằm,nhằm vào,khỏi,khả năng,có khả năng,làm,có được,hai,coi,coi là,xem là,gọi là,đặt,tạo,tạo ra,trong khi,tiến hành,thực hiện,lên,chẳng hạn,cho biết,
cho hay,nói,nói rằng,nói với,phát biểu,tuyên bố,thông báo,báo cáo,đưa tin,loan tin,lưu ý,nêu,nêu rõ,nhận xét,chia sẻ,đề cập,đưa ra,vẫn,vẫn còn,trở nên,trở thành,trường hợp,thời,thể,thấy,mang,khoảng thời gian,thời gian,
khiến,giữ,dành,diễn ra,xảy ra,cảnh,chúng,bao gồm,gồm,trong đó có,trong đó,trong số,kể cả,thông qua,vốn,suốt,qua,mặt,chứ,hề,thậm,chí,lẽ,hay,tức,khác nhau,đồng,rồi,riêng,nằm trong,thuộc,thuộc về,một phần,
hoạt động,hành động,hành vi,việc,quá trình,cách,cách thức,lối,hình thức,dạng,kiểu,loại,thứ,điều,chuyện,vấn đề,mức,mức độ,độ,phần,đoạn,tình hình,tình trạng,bối cảnh,nay,hiện nay,hiện,hiện tại,hiện thời,lúc này,sau đó,sau khi,trước khi,về sau,
cố,khoảng,chừng,hơn,đến nay,nhờ đó,đang cố,từng,đã từng,đa,tối,tối đa,con số,số lượng,tổng cộng,tổng số,quả thật,thực tế,trên thực tế,cụ thể,đáng chú ý,cơ bản,về cơ bản,lần,dịp,vị,ngỏ lời,bày tỏ,gửi lời,cương vị,tư cách,vai trò,theo,dẫn lời,dẫn,
say,says,said,tell,told,tells,state,stated,states,report,reported,reports,reporting,reportedly,note,noted,notes,announce,announced,mention,mentioned,remark,remarked,comment,commented,according,possibly,likely,include,includes,included,including,
second,next,keep,keeping,kept,make,makes,made,making,take,takes,taking,taken,took,put,puts,putting,percent,show,shows,showed,shown,showing,become,becomes,became,get,gets,got,getting,give,gives,given,come,comes,came,go,goes,going,
one,two,three,four,five,six,seven,eight,nine,ten,total,number,several,overall,exist,exists,occur,occurred,happen,happened,actually,currently,present,presence,serve,serves,apparently,allegedly,seem,seems,seemed,appear,appears,appeared,
involve,involves,involved,involving,carry,carried,conduct,conducted,use,used,using,form,forms,part,parts,set,regard,regards,regarding,see,sees,seen,consist,consists,comprise,comprises,place,state's,course,act,acts,field,cover,covers,say that`, ",") {
		set[strings.TrimSpace(phrase)] = true
	}
	return set
}()
